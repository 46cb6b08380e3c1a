#include <railwindow/io/codecs.hpp>
#include <railwindow/io/file_tables.hpp>
#include <railwindow/io/read_sheet.hpp>
#include <railwindow/io/scenario_file.hpp>
#include <railwindow/route/search.hpp>

namespace railwindow {

template <>
const std::vector<Choice<GradientModel>>& choices_of() {
    static const std::vector<Choice<GradientModel>> all{{"over the train", GradientModel::strip}, {"under the head", GradientModel::point}};
    return all;
}
template <>
const std::vector<Choice<Rating>>& choices_of() {
    static const std::vector<Choice<Rating>> all{{"maximum", Rating::maximum}, {"continuous", Rating::continuous}};
    return all;
}
template <>
const std::vector<Choice<LocomotiveResistance>>& choices_of() {
    using enum LocomotiveResistance;
    static const std::vector<Choice<LocomotiveResistance>> all{{"russian jointed", russian_jointed},
                                                               {"russian welded", russian_welded},
                                                               {"chinese df4", chinese_df4},
                                                               {"chinese df11", chinese_df11},
                                                               {"chinese ss8", chinese_ss8}};
    return all;
}
template <>
const std::vector<Choice<CoachResistance>>& choices_of() {
    using enum CoachResistance;
    static const std::vector<Choice<CoachResistance>> all{{"russian jointed", russian_jointed},
                                                          {"russian welded", russian_welded},
                                                          {"chinese 22", chinese_22},
                                                          {"chinese 25g", chinese_25g},
                                                          {"chinese rapid", chinese_rapid}};
    return all;
}
template <>
const std::vector<Choice<AdhesionFormula>>& choices_of() {
    using enum AdhesionFormula;
    static const std::vector<Choice<AdhesionFormula>> all{{"curtius-kniffler", curtius_kniffler},       {"russian electric ac", russian_electric_ac},
                                                          {"russian electric dc", russian_electric_dc}, {"russian diesel", russian_diesel},
                                                          {"chinese electric", chinese_electric},       {"chinese diesel", chinese_diesel}};
    return all;
}
template <>
struct Codec<GradientModel> : ChoiceCodec<GradientModel> {};
template <>
struct Codec<Rating> : ChoiceCodec<Rating> {};
template <>
struct Codec<LocomotiveResistance> : ChoiceCodec<LocomotiveResistance> {};
template <>
struct Codec<CoachResistance> : ChoiceCodec<CoachResistance> {};
template <>
struct Codec<AdhesionFormula> : ChoiceCodec<AdhesionFormula> {};

template <>
const Table<TractionUnitResistanceSheet>& table_of() {
    static const Table<TractionUnitResistanceSheet> table{
        "traction_unit_resistance",
        "Wende's formula: the weight on driven axles, the weight on the others, and air ((v + 15 km/h) / 100 km/h)^2 of both.",
        {
            required("driven", &TractionUnitResistanceSheet::driven, "share of the weight on driven axles", Range::not_negative),
            required("carried", &TractionUnitResistanceSheet::carried, "share of the weight on the other axles", Range::not_negative),
            required("air", &TractionUnitResistanceSheet::air, "share of both weights", Range::not_negative),
            required("driven_mass", &TractionUnitResistanceSheet::driven_mass, "on driven axles", Range::not_negative),
            optional("carried_mass", &TractionUnitResistanceSheet::carried_mass,
                     "on the other axles, as the coefficients count it; the rest of the mass where left out", Range::not_negative),
        }};
    return table;
}

template <>
const Table<StrahlSheet>& table_of() {
    static const Table<StrahlSheet> table{"strahl",
                                          "Strahl's formula: constant + quadratic (v / 100 km/h)^2 of the weight.",
                                          {
                                              required("constant", &StrahlSheet::constant, "share of the weight", Range::not_negative),
                                              required("quadratic", &StrahlSheet::quadratic, "share of the weight at 100 km/h", Range::not_negative),
                                          }};
    return table;
}

template <>
const Table<SauthoffSheet>& table_of() {
    static const Table<SauthoffSheet> table{
        "sauthoff",
        "Sauthoff's formula: constant + linear v / 100 km/h + air ((v + 15 km/h) / 100 km/h)^2 of the weight.",
        {
            required("constant", &SauthoffSheet::constant, "share of the weight", Range::not_negative),
            required("linear", &SauthoffSheet::linear, "share of the weight at 100 km/h", Range::not_negative),
            required("air", &SauthoffSheet::air, "share of the weight at 100 km/h with the wind", Range::not_negative),
        }};
    return table;
}

template <>
const Table<Davis>& table_of() {
    static const Table<Davis> table{"davis",
                                    "A + B v + C v^2 of one vehicle, whatever its load.",
                                    {
                                        required("a", &Davis::constant, "at a stand", Range::not_negative),
                                        required("b", &Davis::linear, "that grows with speed", Range::not_negative),
                                        required("c", &Davis::quadratic, "that grows with its square", Range::not_negative),
                                    }};
    return table;
}

/// Exactly one of these.
struct OwnCarResistance {
    std::optional<StrahlSheet> strahl;
    std::optional<SauthoffSheet> sauthoff;
    std::optional<Davis> davis;
};

template <>
const Table<OwnCarResistance>& table_of() {
    static const Table<OwnCarResistance> table{"car_resistance",
                                               "A formula with coefficients of its own: exactly one of these.",
                                               {
                                                   optional("strahl", &OwnCarResistance::strahl, "for freight cars"),
                                                   optional("sauthoff", &OwnCarResistance::sauthoff, "for coaches"),
                                                   optional("davis", &OwnCarResistance::davis, "for any vehicle"),
                                               }};
    return table;
}

/// A type that is a word for a named formula, or a record.
template <class Named, class Own>
TypeText named_or_own() {
    const TypeText named = Codec<Named>::type(), own = Codec<Own>::type();
    return {R"({"anyOf":[)" + named.schema + "," + own.schema + "]}", named.words + ", or " + own.words, own.record};
}

template <>
struct Codec<LocomotiveResistanceSheet> {
    static std::optional<LocomotiveResistanceSheet> read(const YamlNode& node, Reader& reader) {
        if (node.kind == YamlNode::Kind::map) return read_record<TractionUnitResistanceSheet>(node, reader);
        return Codec<LocomotiveResistance>::read(node, reader);
    }
    static TypeText type() { return named_or_own<LocomotiveResistance, TractionUnitResistanceSheet>(); }
};

template <>
struct Codec<CarResistanceSheet> {
    static std::optional<CarResistanceSheet> read(const YamlNode& node, Reader& reader) {
        if (node.kind != YamlNode::Kind::map) return Codec<CoachResistance>::read(node, reader);
        const OwnCarResistance own = read_record<OwnCarResistance>(node, reader);
        if (node.entries.size() != 1)
            return reader.error(node, "it names " + std::to_string(node.entries.size()) + " formulas",
                                "write one of {strahl: ...}, {sauthoff: ...} and {davis: ...}"),
                   std::nullopt;
        if (own.strahl) return *own.strahl;
        if (own.davis) return *own.davis;
        return own.sauthoff ? std::optional<CarResistanceSheet>{*own.sauthoff} : std::nullopt;
    }
    static TypeText type() { return named_or_own<CoachResistance, OwnCarResistance>(); }
};

/// Remembers where it stands, for what only the whole can say.
template <>
struct Codec<DynamicsSheet> {
    static std::optional<DynamicsSheet> read(const YamlNode& node, Reader& reader) {
        DynamicsSheet sheet = read_record<DynamicsSheet>(node, reader);
        sheet.place = reader.place(node);
        return sheet;
    }
    static TypeText type() { return {R"({"$ref":"#/$defs/dynamics"})", "`dynamics`", &record_text<DynamicsSheet>()}; }
};

template <>
const Table<FullCurvesSheet>& table_of() {
    static const Table<FullCurvesSheet> table{
        "full_curves",
        "Effort curves of the locomotives that the practice of each country names.",
        {
            optional("gradient", &FullCurvesSheet::gradient, "where the gradient is felt; over the train where left out"),
            optional("rating", &FullCurvesSheet::rating, "the effort that may be used; the maximum where left out"),
        }};
    return table;
}

template <>
const Table<PowerAndMassSheet>& table_of() {
    static const Table<PowerAndMassSheet> table{
        "power_and_mass",
        "One power and one starting effort for the whole journey, whatever pulls.",
        {
            required("power", &PowerAndMassSheet::power, "at the rail", Range::positive),
            required("starting_effort", &PowerAndMassSheet::starting_effort, "the most at low speed", Range::positive),
            required("locomotive_mass", &PowerAndMassSheet::locomotive_mass, "of all locomotives together", Range::positive),
            required("rotating_mass_factor", &PowerAndMassSheet::rotating_mass_factor,
                     "of the locomotives: inertia with wheels and motors over inertia without", Range::inertia),
            required("resistance", &PowerAndMassSheet::resistance, "formula of the locomotives' resistance"),
            optional("adhesion", &PowerAndMassSheet::adhesion, "formula of the grip; without it grip sets no limit"),
            optional("gradient", &PowerAndMassSheet::gradient, "where the gradient is felt; over the train where left out"),
        }};
    return table;
}

template <>
const Table<DynamicsSheet>& table_of() {
    static const Table<DynamicsSheet> table{"dynamics",
                                            "How running times are computed: exactly one of these rungs.",
                                            {
                                                optional("full_curves", &DynamicsSheet::full_curves, "effort curves, resistance and gradients"),
                                                optional("power_and_mass", &DynamicsSheet::power_and_mass, "one power, resistance and gradients"),
                                                optional("constant_acceleration", &DynamicsSheet::constant_acceleration,
                                                         "the same net acceleration at every speed and on every grade", Range::positive),
                                                optional("constant_speed", &DynamicsSheet::constant_speed, "`true`: changes of speed take no time"),
                                            }};
    return table;
}

template <>
const Table<CarSheet>& table_of() {
    static const Table<CarSheet> table = [] {
        Table<CarSheet> made{"car",
                             "The cars of the train, all alike.",
                             {
                                 required("length", &CarSheet::length, "over couplers", Range::positive),
                                 required("mass", &CarSheet::mass, "of one car with its load; one draw for all", Range::positive),
                                 required("axles", &CarSheet::axles, "of one car", Range::positive),
                                 required("resistance", &CarSheet::resistance, "formula of its running resistance"),
                                 required("rotating_mass_factor", &CarSheet::rotating_mass_factor,
                                          "inertia with wheels over inertia without; coaches 1.05 to 1.08", Range::inertia),
                             }};
        flatten(made.fields, &CarSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<EffortPointSheet>& table_of() {
    static const Table<EffortPointSheet> table{"effort_point",
                                               "A corner of a tractive-effort curve.",
                                               {
                                                   required("speed", &EffortPointSheet::speed, "speed", Range::not_negative),
                                                   required("effort", &EffortPointSheet::effort, "effort at the wheel", Range::not_negative),
                                               }};
    return table;
}

template <>
const Table<LocomotiveSheet>& table_of() {
    static const Table<LocomotiveSheet> table = [] {
        Table<LocomotiveSheet> made{
            "locomotive",
            "A class of locomotive; its key is its id.",
            {
                required("name", &LocomotiveSheet::name, "what it is called"),
                required("motive_power", &LocomotiveSheet::motive_power, "what moves it"),
                required("mass", &LocomotiveSheet::mass, "in service", Range::positive),
                required("length", &LocomotiveSheet::length, "over couplers", Range::positive),
                required("limit", &LocomotiveSheet::limit, "its highest speed", Range::positive),
                optional("starting_effort", &LocomotiveSheet::starting_effort, "the most at low speed", Range::positive),
                optional("power", &LocomotiveSheet::power, "at the rail; above the base speed the effort is power over speed", Range::positive),
                optional("effort", &LocomotiveSheet::effort, "its effort curve, instead of starting effort and power"),
                optional("continuous_effort", &LocomotiveSheet::continuous_effort, "what its motors bear for hours", Range::positive),
                optional("adhesion", &LocomotiveSheet::adhesion, "formula of the grip; without it grip sets no limit"),
                required("resistance", &LocomotiveSheet::resistance, "formula of its running resistance"),
                required("rotating_mass_factor", &LocomotiveSheet::rotating_mass_factor,
                         "inertia with wheels and motors over inertia without; 1.06 to 1.2", Range::inertia),
            }};
        flatten(made.fields, &LocomotiveSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<RollingStockSheet>& table_of() {
    static const Table<RollingStockSheet> table = [] {
        Table<RollingStockSheet> made{"rolling_stock",
                                      "Locomotives.",
                                      {
                                          schema_line<RollingStockSheet>("railwindow.rolling-stock/1"),
                                          keyed("locomotives", &RollingStockSheet::locomotives, &LocomotiveSheet::id, "classes of locomotives"),
                                      }};
        flatten(made.fields, &RollingStockSheet::provenance);
        return made;
    }();
    return table;
}

template <>
const Table<TrainSheet>& table_of() {
    static const Table<TrainSheet> table = [] {
        Table<TrainSheet> made{
            "train",
            "One train.",
            {
                schema_line<TrainSheet>("railwindow.train/1"),
                required("name", &TrainSheet::name, "what it is called"),
                at_most(most_gauges, required("gauges", &TrainSheet::gauges, "the gauges its cars can be set on")),
                optional("gauge_change", &TrainSheet::gauge_change_methods, "how its gauge can be changed, such as `bogie exchange`"),
                optional("cars", &TrainSheet::cars, "how many cars; without it and `car` the locomotives of full_curves run alone", Range::positive),
                optional("car", &TrainSheet::car, "what its cars are like"),
                required("locomotive_length", &TrainSheet::locomotive_length, "of all locomotives together; used where the dynamics do not name them",
                         Range::not_negative),
                required("limit", &TrainSheet::limit, "the highest speed of its cars", Range::positive),
                required("dynamics", &TrainSheet::dynamics, "how its running times are computed"),
                optional("resistance_factor", &TrainSheet::resistance_factor, "factor on the resistance formulas, for what they do not know",
                         Range::positive),
                required("service_deceleration", &TrainSheet::service_deceleration,
                         "with which it brakes for stops and limits; passenger trains 0.25 to 0.45 m/s^2, freight trains less", Range::positive),
                required("brake_build_up", &TrainSheet::brake_build_up,
                         "until the brakes hold; pneumatic brakes of coaches 4 to 8 s, electropneumatic ones 2 to 3 s", Range::not_negative),
                required("journey_pace", &TrainSheet::journey_pace,
                         "Z of one journey: all of it is run at exp(-Z) times the operating speeds, so `{normal: {mean: 0, sd: 0.06}}` lets two "
                         "journeys of three lie within "
                         "6 % of the usual pace"),
            }};
        flatten(made.fields, &TrainSheet::provenance);
        return made;
    }();
    return table;
}

TrainSheet read_train(std::string_view text, const std::string& file, const YamlLimits& limits) {
    return read_train(parse_yaml(text, file, limits), file);
}

TrainSheet read_train(const YamlNode& root, const std::string& file) {
    TrainSheet sheet = read_sheet<TrainSheet>(root, file, "railwindow.train/1");
    const DynamicsSheet& rungs = sheet.dynamics;
    const int chosen =
        rungs.full_curves.has_value() + rungs.power_and_mass.has_value() + rungs.constant_acceleration.has_value() + rungs.constant_speed.has_value();
    if (chosen != 1)
        throw InputError{Finding{rungs.place, "dynamics", "it names " + std::to_string(chosen) + " rungs",
                                 "choose one of full_curves, power_and_mass, constant_acceleration and constant_speed", Severity::error}};
    const bool cars = sheet.cars.value.highest() > 0, car = sheet.car.length > 0 * m;  // the tables let no other zero through
    if (cars != car)
        throw InputError{Finding{{file, 1, 1},
                                 "",
                                 std::string{"key '"} + (cars ? "car" : "cars") + "' is missing from train",
                                 "write `cars` and `car`, or neither of them",
                                 Severity::error}};
    if (!cars && !rungs.full_curves)
        throw InputError{Finding{rungs.place, "dynamics", "without `cars` only full_curves knows what runs",
                                 "write `cars` and `car`, or choose full_curves", Severity::error}};
    if (rungs.constant_speed == false)
        throw InputError{
            Finding{rungs.place, "dynamics.constant_speed", "'false' chooses no rung", "write true, or choose another rung", Severity::error}};
    return sheet;
}

RollingStockSheet read_rolling_stock(std::string_view text, const std::string& file, const YamlLimits& limits) {
    RollingStockSheet sheet = read_sheet<RollingStockSheet>(text, file, "railwindow.rolling-stock/1", limits);
    for (LocomotiveSheet& locomotive : sheet.locomotives) {
        vehicle_of(locomotive);  // throws where its curve is none
        locomotive.provenance = inherit(locomotive.provenance, sheet.provenance);
    }
    return sheet;
}

}  // namespace railwindow
