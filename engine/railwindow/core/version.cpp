#include <railwindow/core/version.hpp>

#include <fmt/format.h>

#include <link.h>

#include <cstdint>
#include <cstring>

namespace railwindow {
namespace {

// The build-id among the notes of a segment. Source: ELF specification, part 2, "Note section"; names and numbers from elf.h.
std::string build_id_in(const char* notes, std::size_t size) {
    const auto padded = [](std::size_t bytes) { return (bytes + 3) / 4 * 4; };
    for (std::size_t at = 0; at + sizeof(ElfW(Nhdr)) <= size;) {
        ElfW(Nhdr) note;
        std::memcpy(&note, notes + at, sizeof note);
        const std::size_t name = at + sizeof note, text = name + padded(note.n_namesz);
        if (text + note.n_descsz > size) break;
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == sizeof ELF_NOTE_GNU && std::memcmp(notes + name, ELF_NOTE_GNU, note.n_namesz) == 0) {
            std::string id;
            for (std::size_t i = 0; i < note.n_descsz; ++i) id += fmt::format("{:02x}", static_cast<unsigned char>(notes[text + i]));
            return id;
        }
        at = text + padded(note.n_descsz);
    }
    return {};
}

// The module whose segments hold what is searched for, and its build-id.
struct Module {
    std::uintptr_t held;
    std::string id;
};

int look_at(dl_phdr_info* info, std::size_t, void* data) {
    Module& wanted = *static_cast<Module*>(data);
    bool holds = false;
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const ElfW(Phdr)& segment = info->dlpi_phdr[i];
        const std::uintptr_t begin = info->dlpi_addr + segment.p_vaddr;
        holds |= segment.p_type == PT_LOAD && wanted.held >= begin && wanted.held < begin + segment.p_memsz;
    }
    for (int i = 0; holds && i < info->dlpi_phnum && wanted.id.empty(); ++i)
        if (const ElfW(Phdr)& segment = info->dlpi_phdr[i]; segment.p_type == PT_NOTE)
            wanted.id = build_id_in(reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr), segment.p_memsz);
    return holds ? 1 : 0;
}

}  // namespace

std::string build_id() {
    Module wanted{reinterpret_cast<std::uintptr_t>(&look_at), {}};
    ::dl_iterate_phdr(look_at, &wanted);
    return wanted.id;
}

std::string_view version() { return RAILWINDOW_VERSION; }

std::string build_facts() {
    return fmt::format("{}, {}, {}; fmt {}.{}.{}, yaml-cpp {}, date {}", RAILWINDOW_COMPILER, RAILWINDOW_BUILD_TYPE, RAILWINDOW_PROCESSOR,
                       FMT_VERSION / 10'000, FMT_VERSION / 100 % 100, FMT_VERSION % 100, RAILWINDOW_YAML_CPP, RAILWINDOW_DATE);
}

}  // namespace railwindow
