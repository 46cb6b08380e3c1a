#pragma once
// How the types that tables are made of are written: texts, numbers, quantities, laws, times, lists, names.

#include <railwindow/core/clock.hpp>
#include <railwindow/core/country.hpp>
#include <railwindow/core/distribution.hpp>
#include <railwindow/core/provenance.hpp>
#include <railwindow/io/fields.hpp>
#include <railwindow/io/quantity_text.hpp>
#include <railwindow/network/sheet.hpp>

namespace railwindow {

// Bounds: what a range is checked against.
template <int L, int M, int T>
std::optional<std::pair<double, double>> bounds(const Quantity<L, M, T>& q) {
    return std::pair{to_si(q), to_si(q)};
}
inline std::optional<std::pair<double, double>> bounds(const Gradient& gradient) { return std::pair{gradient.ratio, gradient.ratio}; }
template <class Q>
std::optional<std::pair<double, double>> bounds(const Uncertain<Q>& law) {
    return law.law().support();
}
template <class T>
std::optional<std::pair<double, double>> bounds(const Sourced<T>& sourced) {
    return bounds(sourced.value);
}
template <class T>
std::optional<std::pair<double, double>> bounds(const Written<T>& written) {
    return bounds(written.value);
}

/// The scalar's text, or nothing with an error noted.
std::optional<std::string> read_scalar(const YamlNode& node, Reader& reader, std::string_view expected);
/// The value in SI units of a scalar such as `60 km/h`.
std::optional<double> read_quantity(const YamlNode& node, Reader& reader, const QuantityKind& kind);
std::optional<double> read_number(const YamlNode& node, Reader& reader);

/// Reads the number that a law's parameters are made of: a quantity with its unit, or a plain number.
using ReadNumber = std::optional<double> (*)(const YamlNode&, Reader&);
/// A law, or one exact value. Keys other than the law's are allowed only if listed in `beside`.
std::optional<Law> read_law(const YamlNode& node, Reader& reader, ReadNumber number, const std::vector<std::string_view>& beside = {});
std::optional<Provenance> read_provenance(const YamlNode& node, Reader& reader);

TypeText quantity_type(const QuantityKind& kind);
TypeText law_type(const TypeText& number);

/// A field that holds the code of a country: a text or a name.
template <class Record, class T>
Field<Record> required_country(std::string key, T Record::*member) {
    Field<Record> made = required(std::move(key), member, "ISO 3166 two-letter code");
    made.text.type.schema = R"({"type":"string","pattern":"^[A-Z]{2}$"})";
    made.read = [read = std::move(made.read)](Record& record, const YamlNode& node, Reader& reader) {
        if (node.kind == YamlNode::Kind::scalar && !is_country_code(node.text))
            return reader.error(node, described(node) + " is no ISO 3166 code of a country", country_code_remedy(node.text));
        read(record, node, reader);
    };
    return made;
}

/// The choice that a word stands for, from a fixed list.
template <class E>
struct Choice {
    std::string_view word;
    E value;
};
/// `known` says what there is to choose from, `{}` standing for the words.
std::optional<std::size_t> read_choice(const YamlNode& node, Reader& reader, const std::vector<std::string_view>& words,
                                       std::string_view known = "known: {}");
TypeText choice_type(const std::vector<std::string_view>& words);
template <class E>
const std::vector<Choice<E>>& choices_of();

template <class E>
struct ChoiceCodec {
    static std::vector<std::string_view> words() {
        std::vector<std::string_view> all;
        for (const Choice<E>& choice : choices_of<E>()) all.push_back(choice.word);
        return all;
    }
    static std::optional<E> read(const YamlNode& node, Reader& reader) {
        const auto index = read_choice(node, reader, words());
        return index ? std::optional{choices_of<E>()[*index].value} : std::nullopt;
    }
    static TypeText type() { return choice_type(words()); }
};

template <>
const std::vector<Choice<Confidence>>& choices_of();
template <>
const std::vector<Choice<Use>>& choices_of();
template <>
const std::vector<Choice<bool>>& choices_of();
template <>
struct Codec<Confidence> : ChoiceCodec<Confidence> {};
template <>
struct Codec<Use> : ChoiceCodec<Use> {};
template <>
struct Codec<bool> : ChoiceCodec<bool> {
    static TypeText type() { return {R"({"type":"boolean"})", "one of `true`, `false`"}; }
};

template <>
struct Codec<std::string> {
    static std::optional<std::string> read(const YamlNode& node, Reader& reader);
    static TypeText type() { return {R"({"type":"string"})", "a text"}; }
};

template <>
struct Codec<int> {
    static std::optional<int> read(const YamlNode& node, Reader& reader);
    static TypeText type() { return {R"({"type":"integer"})", "a whole number"}; }
};

template <>
struct Codec<double> {
    static std::optional<double> read(const YamlNode& node, Reader& reader) { return read_number(node, reader); }
    static TypeText type() { return {R"({"type":"number"})", "a number"}; }
};

template <>
struct Codec<Gauge> {
    static std::optional<Gauge> read(const YamlNode& node, Reader& reader);
    static TypeText type() { return {R"({"type":"string","pattern":"^[0-9]+ mm$"})", "a gauge such as `1435 mm`"}; }
};

template <>
struct Codec<GeoPosition> {
    static std::optional<GeoPosition> read(const YamlNode& node, Reader& reader);
    static TypeText type() { return {R"({"type":"string"})", "a position such as `39.0047 N 125.7364 E`, or `39° 0' 17\" N 125° 44' 11\" E`"}; }
};

/// A system of electric supply by its name: one of main lines, or `other` and a name; `words` are what may stand instead.
std::optional<std::string> read_supply(const YamlNode& node, Reader& reader, const std::vector<std::string_view>& words);
TypeText supply_type(const std::vector<std::string_view>& words);

template <>
struct Codec<Electrification> {
    static std::optional<Electrification> read(const YamlNode& node, Reader& reader);
    static TypeText type() { return supply_type({"none", "mixed"}); }
};

template <>
struct Codec<MotivePower> {
    static std::optional<MotivePower> read(const YamlNode& node, Reader& reader);
    static TypeText type() { return supply_type({"diesel"}); }
};

template <>
struct Codec<WrittenTime> {
    static std::optional<WrittenTime> read(const YamlNode& node, Reader& reader);
    static TypeText type() { return {R"({"type":"string"})", "a time such as `2023-09-12 18:00` (local to its place) or `2023-09-12T18:00+09:00`"}; }
};

template <class Q>
struct QuantityCodec {
    static std::optional<Q> read(const YamlNode& node, Reader& reader) {
        const auto si = read_quantity(node, reader, quantity_kind<Q>());
        return si ? std::optional{from_si<Q>(*si)} : std::nullopt;
    }
    static TypeText type() { return quantity_type(quantity_kind<Q>()); }
};
template <int L, int M, int T>
struct Codec<Quantity<L, M, T>> : QuantityCodec<Quantity<L, M, T>> {};
template <>
struct Codec<Gradient> : QuantityCodec<Gradient> {};

template <class Q>
struct Codec<Uncertain<Q>> {
    static std::optional<double> number(const YamlNode& node, Reader& reader) {
        const auto value = Codec<Q>::read(node, reader);
        return value ? std::optional{to_si(*value)} : std::nullopt;
    }
    static std::optional<Uncertain<Q>> read(const YamlNode& node, Reader& reader) {
        auto law = read_law(node, reader, number);
        return law ? std::optional{Uncertain<Q>{std::move(*law)}} : std::nullopt;
    }
    static TypeText type() { return law_type(Codec<Q>::type()); }
};

template <class T>
struct Codec<Written<T>> {
    static std::optional<Written<T>> read(const YamlNode& node, Reader& reader) {
        auto value = Codec<T>::read(node, reader);
        return value ? std::optional{Written<T>{std::move(*value), reader.place(node)}} : std::nullopt;
    }
    static TypeText type() { return Codec<T>::type(); }
};

template <class T>
struct Codec<std::optional<T>> {
    static std::optional<std::optional<T>> read(const YamlNode& node, Reader& reader) {
        auto value = Codec<T>::read(node, reader);
        return value ? std::optional{std::optional<T>{std::move(*value)}} : std::nullopt;
    }
    static TypeText type() { return Codec<T>::type(); }
};

/// The longest list of any kind; most may hold less (`at_most`).
inline constexpr std::size_t longest_list = 10'000;

/// A list; one item may stand alone.
template <class T>
struct Codec<std::vector<T>> {
    static std::optional<std::vector<T>> read(const YamlNode& node, Reader& reader) {
        std::vector<T> list;
        const auto add = [&](const YamlNode& item) {
            if (auto value = Codec<T>::read(item, reader)) list.push_back(std::move(*value));
        };
        if (node.kind != YamlNode::Kind::sequence) return add(node), list;
        if (node.items.size() > longest_list)
            return reader.error(node, "there are " + std::to_string(node.items.size()) + " of them", "write at most " + std::to_string(longest_list)),
                   std::nullopt;
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const Reader::Step step{reader, "[" + std::to_string(i) + "]"};
            add(node.items[i]);
        }
        return list;
    }
    static TypeText type() {
        const TypeText item = Codec<T>::type();
        return {R"({"anyOf":[)" + item.schema + R"(,{"type":"array","items":)" + item.schema + "}]}", item.words + ", or a list of such",
                item.record};
    }
};

/// `name: value` entries, in the order written.
template <class T>
struct Codec<std::vector<std::pair<Name, T>>> {
    static std::optional<std::vector<std::pair<Name, T>>> read(const YamlNode& node, Reader& reader) {
        std::vector<std::pair<Name, T>> list;
        if (node.kind != YamlNode::Kind::map)
            return reader.error(node, "expected a map from names to values, found " + described(node)), std::nullopt;
        for (const auto& [name, value] : node.entries) {
            const Reader::Step step{reader, name.text};
            if (auto made = Codec<T>::read(value, reader)) list.emplace_back(Name{name.text, reader.place(name)}, std::move(*made));
        }
        return list;
    }
    static TypeText type() {
        const TypeText item = Codec<T>::type();
        return {R"({"type":"object","additionalProperties":)" + item.schema + "}", "a map from names to " + item.words, item.record};
    }
};

/// A value, or `{value: ..., source: ..., confidence: ...}`.
template <class T>
struct Codec<Sourced<T>> {
    static std::optional<Sourced<T>> read(const YamlNode& node, Reader& reader) {
        if (node.kind != YamlNode::Kind::map) {
            auto value = Codec<T>::read(node, reader);
            return value ? std::optional{Sourced<T>{std::move(*value), {}}} : std::nullopt;
        }
        const auto provenance = read_provenance(node, reader);
        auto value = read_value(node, reader);
        return value && provenance ? std::optional{Sourced<T>{std::move(*value), *provenance}} : std::nullopt;
    }
    static TypeText type() {
        const TypeText bare = Codec<T>::type();
        return {R"({"anyOf":[)" + bare.schema + R"(,{"type":"object"}]})", bare.words + ", alone or with `source` and `confidence`", nullptr,
                Overlay::replaces_claim};
    }

private:
    static std::optional<T> read_value(const YamlNode& node, Reader& reader) {
        constexpr bool is_law = requires(T law) { law.law(); };
        if constexpr (is_law) {
            if (!node.find("value")) {
                auto law = read_law(node, reader, Codec<T>::number, {"source", "confidence"});
                return law ? std::optional{T{std::move(*law)}} : std::nullopt;
            }
        }
        const std::vector<std::string_view> known{"value", "source", "confidence"};
        for (const auto& [key, value] : node.entries)
            if (std::find(known.begin(), known.end(), key.text) == known.end())
                return reader.error(key, "unknown key '" + key.text + "'", suggestion(key.text, known)), std::nullopt;
        const YamlNode* value = node.find("value");
        if (!value) return reader.error(node, "key 'value' is missing", "write {value: ..., source: ..., confidence: ...}"), std::nullopt;
        return Codec<T>::read(*value, reader);
    }
};

/// Anything with a table is a record.
template <class T>
struct Codec {
    static std::optional<T> read(const YamlNode& node, Reader& reader) { return read_record<T>(node, reader); }
    static TypeText type() {
        const RecordText& record = record_text<T>();
        return {R"({"$ref":"#/$defs/)" + record.name + "\"}", "`" + record.name + "`", &record, Overlay::merges};
    }
};

template <>
const Table<Provenance>& table_of();

}  // namespace railwindow
