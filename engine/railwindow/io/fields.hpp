#pragma once
// One table per record says what may be written in a file: key, type, unit, range, help. The same table reads the file,
// words its errors, and publishes the JSON Schema and the reference (schema.hpp). A record gets its table by specialising
// `table_of<Record>()`; types that are no records have a Codec (codecs.hpp).

#include <railwindow/core/text.hpp>
#include <railwindow/io/reader.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace railwindow {

struct RecordText;

/// What becomes of a value when a what-if says something else (overlay.hpp).
enum class Overlay {
    replaces,        ///< the new value stands instead of the old one
    replaces_claim,  ///< likewise; the old value's `source` and `confidence` do not hold for the new one
    merges,          ///< a record: key by key
    merges_by_name,  ///< a map from names to records: record by record
};

/// A type as the schema and the reference speak of it.
struct TypeText {
    std::string schema;                  ///< JSON Schema fragment
    std::string words;                   ///< "a speed such as `60 km/h`"
    const RecordText* record = nullptr;  ///< the record it is made of, if it is
    Overlay overlay = Overlay::replaces;
};

enum class Presence { required, optional };

struct FieldText {
    std::string key;
    Presence presence;
    std::string help;
    TypeText type;
};

struct RecordText {
    std::string name, help;
    std::vector<FieldText> fields;
};

/// How a value of type T is read and what is said of it:
///   static std::optional<T> read(const YamlNode&, Reader&);   nothing when an error was noted
///   static TypeText type();
template <class T>
struct Codec;  // codecs.hpp

template <class Record>
struct Field {
    FieldText text;
    std::function<void(Record&, const YamlNode&, Reader&)> read;
};

template <class Record>
struct Table {
    std::string name, help;
    std::vector<Field<Record>> fields;
};

template <class Record>
const Table<Record>& table_of();

/// What values a field takes, beyond having the right unit.
enum class Range { any, not_negative, positive, share, inertia };

template <class T>
std::optional<std::pair<double, double>> bounds(const T&) {
    return {};
}  // codecs.hpp: quantities and laws
// These stand here and not there because no argument-dependent lookup finds them.
inline std::optional<std::pair<double, double>> bounds(const double& x) { return std::pair{x, x}; }
inline std::optional<std::pair<double, double>> bounds(const int& n) { return std::pair<double, double>{n, n}; }
template <class T>
std::optional<std::pair<double, double>> bounds(const std::optional<T>& maybe) {
    return maybe ? bounds(*maybe) : std::nullopt;
}

inline std::string_view range_words(Range range) {
    switch (range) {
        case Range::not_negative:
            return "must not be negative";
        case Range::positive:
            return "must be greater than zero";
        case Range::share:
            return "must lie between 0 and 1";
        case Range::inertia:
            return "must lie from 1 to below 2";
        case Range::any:
            break;
    }
    return {};
}

inline bool in_range(std::pair<double, double> value, Range range) {
    switch (range) {
        case Range::not_negative:
            return value.first >= 0;
        case Range::positive:
            return value.first > 0;
        case Range::share:
            return value.first >= 0 && value.second <= 1;
        case Range::inertia:
            return value.first >= 1 && value.second < 2;
        case Range::any:
            break;
    }
    return true;
}

/// Notes that the value at `node`, or the one in its map, does not lie in `range`.
inline void out_of_range(const YamlNode& node, Reader& reader, Range range) {
    const YamlNode* inner = node.find("value");
    const YamlNode& shown = inner ? *inner : node;
    if (node.find("normal"))
        return reader.error(node, "a normal law reaches below zero, and this " + std::string{range_words(range)}, "use triangular or lognormal");
    reader.error(shown, (shown.kind == YamlNode::Kind::scalar ? described(shown) : "the value") + " " + std::string{range_words(range)});
}

/// Reads the map at `node` by the record's table; every problem is noted in `reader`.
template <class Record>
Record read_record(const YamlNode& node, Reader& reader) {
    const Table<Record>& table = table_of<Record>();
    Record record{};
    if (node.kind != YamlNode::Kind::map) {
        reader.error(node, "expected " + table.name + " (a map), found " + described(node), "write `key: value` lines");
        return record;
    }
    std::vector<std::string_view> known;
    for (const Field<Record>& field : table.fields) known.push_back(field.text.key);
    for (const auto& [key, value] : node.entries) {
        const Reader::Step step{reader, key.text};
        const auto field =
            std::find_if(table.fields.begin(), table.fields.end(), [&k = key.text](const Field<Record>& f) { return f.text.key == k; });
        if (field == table.fields.end())
            reader.unknown_key(key, "unknown key in " + table.name, suggestion(key.text, known));
        else
            field->read(record, value, reader);
    }
    for (const Field<Record>& field : table.fields)
        if (field.text.presence == Presence::required && !node.find(field.text.key))
            reader.error(node, "key '" + field.text.key + "' is missing from " + table.name,
                         "it is " + field.text.type.words + ": " + field.text.help);
    return record;
}

template <class Record>
const RecordText& record_text() {
    static const RecordText text = [] {
        RecordText made{table_of<Record>().name, table_of<Record>().help, {}};
        for (const Field<Record>& field : table_of<Record>().fields) made.fields.push_back(field.text);
        return made;
    }();
    return text;
}

/// A field that is read by its type's codec. `help` ends the sentence "it is ...".
template <class Record, class T>
Field<Record> field(Presence presence, std::string key, T Record::*member, std::string help, Range range = Range::any) {
    if (range != Range::any) help += " (" + std::string{range_words(range)} + ")";
    return {{std::move(key), presence, std::move(help), Codec<T>::type()}, [member, range](Record& record, const YamlNode& node, Reader& reader) {
                auto value = Codec<T>::read(node, reader);
                if (!value) return;
                if (const auto found = bounds(*value); found && !in_range(*found, range)) return out_of_range(node, reader, range);
                record.*member = std::move(*value);
            }};
}

template <class Record, class T>
Field<Record> required(std::string key, T Record::*member, std::string help, Range range = Range::any) {
    return field(Presence::required, std::move(key), member, std::move(help), range);
}
template <class Record, class T>
Field<Record> optional(std::string key, T Record::*member, std::string help, Range range = Range::any) {
    return field(Presence::optional, std::move(key), member, std::move(help), range);
}

/// A field whose list, or map of records, holds at most so many: each costs time in every run, or in every search of the way.
template <class Record>
Field<Record> at_most(std::size_t most, Field<Record> made) {
    made.read = [most, read = std::move(made.read)](Record& record, const YamlNode& node, Reader& reader) {
        const std::size_t count = std::max(node.items.size(), node.entries.size());
        if (node.kind == YamlNode::Kind::sequence || node.kind == YamlNode::Kind::map)
            if (count > most) return reader.error(node, "there are " + std::to_string(count) + " of them", "write at most " + std::to_string(most));
        read(record, node, reader);
    };
    return made;
}

/// A list of files that must not be empty.
template <class Record>
Field<Record> at_least_one(Field<Record> made) {
    made.read = [read = std::move(made.read)](Record& record, const YamlNode& node, Reader& reader) {
        if (node.kind == YamlNode::Kind::sequence && node.items.empty()) return reader.error(node, "the list is empty", "name at least one file");
        read(record, node, reader);
    };
    return made;
}

/// The fields of a part, written as if they were the whole's own.
template <class Record, class Part>
void flatten(std::vector<Field<Record>>& fields, Part Record::*member) {
    for (const Field<Part>& part : table_of<Part>().fields)
        fields.push_back(
            {part.text, [member, read = part.read](Record& record, const YamlNode& node, Reader& reader) { read(record.*member, node, reader); }});
}

/// `name: record` entries of a map; the name becomes the record's `id`.
template <class Record, class Item, class IdType>
Field<Record> keyed(std::string key, std::vector<Item> Record::*member, IdType Item::*id, std::string help) {
    const RecordText& item = record_text<Item>();
    return {{std::move(key),
             Presence::optional,
             std::move(help),
             {R"({"type":"object","additionalProperties":{"$ref":"#/$defs/)" + item.name + "\"}}", "a map from names to `" + item.name + "`", &item,
              Overlay::merges_by_name}},
            [member, id](Record& record, const YamlNode& node, Reader& reader) {
                if (node.kind != YamlNode::Kind::map)
                    return reader.error(node, "expected a map from names to " + table_of<Item>().name + ", found " + described(node));
                for (const auto& [name, value] : node.entries) {
                    const Reader::Step step{reader, name.text};
                    Item made = read_record<Item>(value, reader);
                    made.*id = {name.text, reader.place(name)};
                    (record.*member).push_back(std::move(made));
                }
            }};
}

/// The line that says what kind of file this is.
template <class Record>
Field<Record> schema_line(std::string schema) {
    TypeText type{R"({"const":")" + schema + "\"}", "`" + schema + "`"};
    return {{"schema", Presence::required, "what kind of file this is", std::move(type)}, [schema](Record&, const YamlNode& node, Reader& reader) {
                if (node.text != schema) reader.error(node, "this is " + described(node) + ", not " + schema, "write `schema: " + schema + "`");
            }};
}

}  // namespace railwindow
