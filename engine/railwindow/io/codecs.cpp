#include <railwindow/io/codecs.hpp>

#include <railwindow/network/called.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace railwindow {
namespace {

const std::vector<std::string_view> law_names{"constant", "uniform", "triangular", "normal", "lognormal", "mixture"};

std::optional<std::vector<double>> read_numbers(const YamlNode& node, Reader& reader, ReadNumber number, std::size_t count, const char* form) {
    if (node.kind != YamlNode::Kind::sequence || node.items.size() != count)
        return reader.error(node,
                            fmt::format("expected {} values, found {}", count,
                                        node.kind == YamlNode::Kind::sequence ? fmt::format("{}", node.items.size()) : described(node)),
                            fmt::format("write {}", form)),
               std::nullopt;
    std::vector<double> values;
    for (std::size_t i = 0; i < count; ++i) {
        const Reader::Step step{reader, fmt::format("[{}]", i)};
        const auto value = number(node.items[i], reader);
        if (!value) return {};
        values.push_back(*value);
    }
    return values;
}

// The values under `keys` of a map that has just these keys.
std::optional<std::vector<double>> read_named(const YamlNode& node, Reader& reader,
                                              const std::vector<std::pair<std::string_view, ReadNumber>>& keys) {
    std::vector<std::string_view> names;
    for (const auto& key : keys) names.push_back(key.first);
    if (node.kind != YamlNode::Kind::map)
        return reader.error(node, "expected a map, found " + described(node), "its keys are " + listed(names)), std::nullopt;
    for (const auto& [key, value] : node.entries)
        if (std::find(names.begin(), names.end(), key.text) == names.end())
            return reader.error(key, fmt::format("unknown key '{}'", key.text), suggestion(key.text, names)), std::nullopt;
    std::vector<double> values;
    for (const auto& [name, number] : keys) {
        const Reader::Step step{reader, std::string{name}};
        const YamlNode* value = node.find(name);
        if (!value) return reader.error(node, fmt::format("key '{}' is missing", name), "the keys are " + listed(names)), std::nullopt;
        const auto read = number(*value, reader);
        if (!read) return {};
        values.push_back(*read);
    }
    return values;
}

std::optional<Law> read_mixture(const YamlNode& node, Reader& reader, ReadNumber number) {
    if (node.kind != YamlNode::Kind::sequence)
        return reader.error(node, "expected a list, found " + described(node), "write [{weight: 0.8, constant: ...}, {weight: 0.2, ...}]"),
               std::nullopt;
    Mixture mixture;
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const Reader::Step step{reader, fmt::format("[{}]", i)};
        const YamlNode& part = node.items[i];
        const YamlNode* weight = part.find("weight");
        if (!weight) return reader.error(part, "key 'weight' is missing", "each part of a mixture has a weight and a law"), std::nullopt;
        const auto share = read_number(*weight, reader);
        auto law = read_law(part, reader, number, {"weight"});
        if (!share || !law) return {};
        mixture.parts.push_back({*share, std::move(*law)});
    }
    return Law{std::move(mixture)};
}

std::optional<Law> read_form(std::string_view name, const YamlNode& node, Reader& reader, ReadNumber number) {
    if (name == "constant") {
        const auto value = number(node, reader);
        return value ? std::optional{Law{Constant{*value}}} : std::nullopt;
    }
    if (name == "uniform") {
        const auto v = read_numbers(node, reader, number, 2, "uniform: [low, high]");
        return v ? std::optional{Law{railwindow::Uniform{(*v)[0], (*v)[1]}}} : std::nullopt;
    }
    if (name == "triangular") {
        const auto v = read_numbers(node, reader, number, 3, "triangular: [low, mode, high]");
        return v ? std::optional{Law{Triangular{(*v)[0], (*v)[1], (*v)[2]}}} : std::nullopt;
    }
    if (name == "normal") {
        const auto v = read_named(node, reader, {{"mean", number}, {"sd", number}});
        return v ? std::optional{Law{Normal{(*v)[0], (*v)[1]}}} : std::nullopt;
    }
    if (name == "lognormal") {
        const auto v = read_named(node, reader, {{"median", number}, {"p95", number}});
        if (!v) return {};
        if ((*v)[0] <= 0 || (*v)[1] < (*v)[0]) return reader.error(node, "a lognormal law needs 0 < median <= p95"), std::nullopt;
        return Law{Lognormal{(*v)[0], std::log((*v)[1] / (*v)[0]) / standard_normal_quantile(0.95)}};
    }
    return read_mixture(node, reader, number);
}

}  // namespace

std::optional<std::string> read_scalar(const YamlNode& node, Reader& reader, std::string_view expected) {
    if (node.kind == YamlNode::Kind::scalar) return node.text;
    reader.error(node, fmt::format("expected {}, found {}", expected, described(node)));
    return {};
}

std::optional<double> read_quantity(const YamlNode& node, Reader& reader, const QuantityKind& kind) {
    const auto text = read_scalar(node, reader, fmt::format("{} such as {}", kind.name, kind.example));
    if (!text) return {};
    const auto value = parse_quantity(*text, kind);
    if (const auto* error = std::get_if<QuantityError>(&value)) return reader.error(node, error->what, error->remedy), std::nullopt;
    return std::get<double>(value);
}

std::optional<double> read_number(const YamlNode& node, Reader& reader) {
    const auto text = read_scalar(node, reader, "a number");
    if (!text) return {};
    const auto value = parse_number(*text);
    if (const auto* error = std::get_if<QuantityError>(&value)) return reader.error(node, error->what, error->remedy), std::nullopt;
    return std::get<double>(value);
}

std::optional<Law> read_law(const YamlNode& node, Reader& reader, ReadNumber number, const std::vector<std::string_view>& beside) {
    if (node.kind != YamlNode::Kind::map) {
        const auto value = number(node, reader);
        return value ? std::optional{Law{Constant{*value}}} : std::nullopt;
    }
    const YamlNode::Entry* found = nullptr;
    for (const auto& entry : node.entries) {
        if (std::find(beside.begin(), beside.end(), entry.key.text) != beside.end()) continue;
        if (std::find(law_names.begin(), law_names.end(), entry.key.text) == law_names.end())
            return reader.error(entry.key, fmt::format("there is no law '{}'", entry.key.text), suggestion(entry.key.text, law_names)), std::nullopt;
        if (found) return reader.error(entry.key, "two laws in one place", "keep one of them"), std::nullopt;
        found = &entry;
    }
    if (!found) return reader.error(node, "no law here", "write one value, or one of " + listed(law_names)), std::nullopt;
    const Reader::Step step{reader, found->key.text};
    try {
        return read_form(found->key.text, found->value, reader, number);
    } catch (const InputError& error) {
        reader.error(found->value, error.findings().front().what);
        return {};
    }
}

std::optional<Provenance> read_provenance(const YamlNode& node, Reader& reader) {
    Provenance provenance;
    if (const YamlNode* source = node.find("source")) {
        const Reader::Step step{reader, "source"};
        const auto text = Codec<std::string>::read(*source, reader);
        if (!text) return {};
        provenance.source = *text;
    }
    if (const YamlNode* confidence = node.find("confidence")) {
        const Reader::Step step{reader, "confidence"};
        const auto level = Codec<Confidence>::read(*confidence, reader);
        if (!level) return {};
        provenance.confidence = *level;
    }
    return provenance;
}

TypeText quantity_type(const QuantityKind& kind) {
    return {fmt::format(R"({{"type":"string","$comment":"{}: 0, or {}"}})", kind.name, range_text(kind)),
            fmt::format("{} such as `{}`", kind.name, kind.example)};
}

TypeText law_type(const TypeText& number) {
    return {R"({"anyOf":[)" + number.schema + R"(,{"$ref":"#/$defs/law"}]})", number.words + ", or a law of such"};
}

std::optional<std::size_t> read_choice(const YamlNode& node, Reader& reader, const std::vector<std::string_view>& words, std::string_view known) {
    const auto text = read_scalar(node, reader, "one of " + listed(words));
    if (!text) return {};
    const auto found = std::find(words.begin(), words.end(), *text);
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    // Another number is another thing and no slip of the pen: 15 kV is not 25 kV.
    const auto digits = [](std::string_view word) {
        std::string kept;
        std::copy_if(word.begin(), word.end(), std::back_inserter(kept), [](char c) { return c >= '0' && c <= '9'; });
        return kept;
    };
    const bool slip = digits(near_miss(*text, words)) == digits(*text);
    reader.error(node, fmt::format("'{}' is none of the choices", *text),
                 slip ? suggestion(*text, words) : fmt::format(fmt::runtime(known), listed(words)));
    return {};
}

TypeText choice_type(const std::vector<std::string_view>& words) {
    std::string schema, shown;
    for (const std::string_view word : words) {
        schema += fmt::format("{}\"{}\"", schema.empty() ? "" : ",", word);
        shown += fmt::format("{}`{}`", shown.empty() ? "" : ", ", word);
    }
    return {R"({"enum":[)" + schema + "]}", "one of " + shown};
}

template <>
const std::vector<Choice<Confidence>>& choices_of() {
    static const std::vector<Choice<Confidence>> all{{"low", Confidence::low}, {"medium", Confidence::medium}, {"high", Confidence::high}};
    return all;
}
template <>
const std::vector<Choice<Use>>& choices_of() {
    static const std::vector<Choice<Use>> all{{"every train", Use::every_train}, {"freight only", Use::freight_only}};
    return all;
}
template <>
const std::vector<Choice<bool>>& choices_of() {
    static const std::vector<Choice<bool>> all{{"true", true}, {"false", false}};
    return all;
}

std::optional<std::string> Codec<std::string>::read(const YamlNode& node, Reader& reader) {
    auto text = read_scalar(node, reader, "a text");
    if (text && text->empty()) return reader.error(node, "the text is empty", "write something or leave the key out"), std::nullopt;
    return text;
}

std::optional<int> Codec<int>::read(const YamlNode& node, Reader& reader) {
    const auto number = read_number(node, reader);
    if (!number) return {};
    if (*number != std::floor(*number) || std::abs(*number) > 1e9)
        return reader.error(node, described(node) + " is not a whole number", "write a number such as 8"), std::nullopt;
    return static_cast<int>(*number);
}

std::optional<Gauge> Codec<Gauge>::read(const YamlNode& node, Reader& reader) {
    const auto si = read_quantity(node, reader, {"a gauge", "1435 mm", quantity_kind<Length>().units, quantity_kind<Length>().range});
    if (!si) return {};
    const double millimetres = *si * 1000;
    const double whole = std::round(millimetres);
    if (whole < 300 || whole > 3000 || std::abs(millimetres - whole) > 1e-6)
        return reader.error(node, described(node) + " is no track gauge", "write 1435 mm, 1520 mm or 1000 mm"), std::nullopt;
    return Gauge{static_cast<int>(whole)};
}

std::optional<GeoPosition> Codec<GeoPosition>::read(const YamlNode& node, Reader& reader) {
    const auto text = read_scalar(node, reader, "a position");
    if (!text) return {};
    if (const auto position = parse_position(*text)) return position;
    return reader.error(node, described(node) + " is not a position",
                        "write it in degrees, like 39.0047 N 125.7364 E or 39° 0' 17\" N 125° 44' 11\" E"),
           std::nullopt;
}

namespace {

constexpr std::string_view other = "other ";

// Words that stand instead of a system, then the systems of main lines.
std::vector<std::string_view> with_supplies(std::vector<std::string_view> words) {
    std::vector<std::string_view> all{words.front()};
    for (const ElectricSupply& supply : main_line_supplies) all.push_back(supply.name());
    all.insert(all.end(), words.begin() + 1, words.end());
    return all;
}

}  // namespace

std::optional<std::string> read_supply(const YamlNode& node, Reader& reader, const std::vector<std::string_view>& words) {
    if (node.kind == YamlNode::Kind::scalar && node.text.starts_with(other)) {
        std::string name = node.text.substr(other.size());
        if (!name.empty() && name.size() <= ElectricSupply::longest_name) return name;
        reader.error(node, fmt::format("'{}' is no name of a system of supply", node.text),
                     fmt::format("write `other` and a name of at most {} letters, such as `other 600 V DC`", ElectricSupply::longest_name));
        return {};
    }
    const std::vector<std::string_view> all = with_supplies(words);
    const auto index = read_choice(node, reader, all, "known: {}; any other as `other` and a name, such as `other 600 V DC`");
    return index ? std::optional{std::string{all[*index]}} : std::nullopt;
}

TypeText supply_type(const std::vector<std::string_view>& words) {
    const TypeText known = choice_type(with_supplies(words));
    return {R"({"anyOf":[)" + known.schema + R"(,{"type":"string","pattern":"^other ."}]})",
            known.words + ", or `other` and a name, such as `other 600 V DC`"};
}

std::optional<Electrification> Codec<Electrification>::read(const YamlNode& node, Reader& reader) {
    const auto name = read_supply(node, reader, {"none", "mixed"});
    if (!name) return {};
    if (node.text == "none") return Electrification::none;
    return node.text == "mixed" ? Electrification::mixed : Electrification{ElectricSupply{*name}};
}

std::optional<MotivePower> Codec<MotivePower>::read(const YamlNode& node, Reader& reader) {
    const auto name = read_supply(node, reader, {"diesel"});
    if (!name) return {};
    return node.text == "diesel" ? MotivePower::diesel : MotivePower{ElectricSupply{*name}};
}

std::optional<WrittenTime> Codec<WrittenTime>::read(const YamlNode& node, Reader& reader) {
    const auto text = read_scalar(node, reader, "a time");
    if (!text) return {};
    auto time = parse_time(*text);
    if (const auto* error = std::get_if<TimeError>(&time)) return reader.error(node, error->what, error->remedy), std::nullopt;
    return std::get<WrittenTime>(time);
}

template <>
const Table<Provenance>& table_of() {
    static const Table<Provenance> table{
        "provenance",
        "Where a number comes from and how far it can be trusted.",
        {
            optional("source", &Provenance::source, "where this comes from; inherited from line and file where left out"),
            optional("confidence", &Provenance::confidence, "how far it can be trusted; inherited like the source"),
        }};
    return table;
}

}  // namespace railwindow
