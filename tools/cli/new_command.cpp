#include "commands.hpp"
#include "output.hpp"
#include "results.hpp"
#include "scenario_path.hpp"
#include "what_if_options.hpp"

#include <railwindow/core/error.hpp>
#include <railwindow/io/new_files.hpp>

#include <fmt/chrono.h>
#include <CLI/CLI.hpp>

#include <ctime>
#include <filesystem>

namespace cli {
namespace {

using namespace railwindow;

struct NewOptions {
    NewNetwork network;
    NewScenario scenario;
    std::string country = "SE", output;
    bool force = false;
};

// What the file that is made is to say of its schema: the one that came with the tool, if it did.
std::string schema_for(const char* kind, const std::string& output) {
    const std::filesystem::path schema = installed_schema(kind);
    std::error_code none;
    if (!std::filesystem::exists(schema, none)) return {};
    return path_from(output == "-" ? "" : std::filesystem::path{output}.parent_path().string(), schema.string());
}

std::string today_at_eight() {
    const std::time_t now = std::time(nullptr);
    return fmt::format("{:%Y-%m-%d} 08:00", fmt::gmtime(now));
}

ExitStatus write_text(const NewOptions& options, const std::vector<std::string>& read, const std::function<std::string()>& text) {
    const std::vector<Result> results{{"--output", options.output}};
    keep_apart(results, read);
    check_results(results, options.force);
    write_output(options.output, [&](std::ostream& out) { out << text(); });
    return ExitStatus::done;
}

ExitStatus write_scenario(NewOptions options) {
    NewScenario& asked = options.scenario;
    const bool own_networks = !asked.networks.empty();
    if (asked.from.empty() != asked.to.empty()) throw WrongUsage{"name both ends: --from and --to"};
    if (!own_networks) {
        asked.networks = installed_network_files();
        if (asked.from.empty()) asked.from = "pyongyang", asked.to = "vladivostok";  // the question that this tool began with
    }
    if (asked.practice.empty()) asked.practice = installed_files("networks/practice");
    if (asked.rolling_stock.empty()) asked.rolling_stock = {installed_file("networks/rolling-stock", "locomotives")};
    if (asked.train.empty()) asked.train = installed_file("networks/rolling-stock", "special-train");
    if (asked.networks.empty()) throw WrongUsage{"no networks came with this tool; name some with --networks FILE..."};
    if (asked.depart.empty()) asked.depart = today_at_eight();
    given_time(asked.depart, "--depart");  // or the file would be wrong
    const bool to_file = !options.output.empty() && options.output != "-";
    asked.folder = to_file ? std::filesystem::path{options.output}.parent_path().string() : "";
    asked.schema = schema_for("scenario", options.output);
    std::vector<std::string> read = asked.networks;
    read.insert(read.end(), asked.practice.begin(), asked.practice.end());
    read.insert(read.end(), asked.rolling_stock.begin(), asked.rolling_stock.end());
    read.push_back(asked.train);
    return write_text(options, read, [&] { return new_scenario(asked); });
}

}  // namespace

Command add_new(CLI::App& app) {
    auto options = std::make_shared<NewOptions>();
    CLI::App* command = app.add_subcommand("new", "Files to start from: commented, and running as they are");
    command->require_subcommand(1);
    const auto add = [&](const char* kind, const char* help) {
        CLI::App* one = command->add_subcommand(kind, help);
        add_result(one, options->output, options->force);
        return one;
    };
    CLI::App* scenario = add("scenario", "A journey over the networks that came with the tool, or over yours");
    scenario->add_option("--from", options->scenario.from, "Origin; without ends, Pyongyang to Vladivostok, or along your first line")
        ->type_name("STATION");
    scenario->add_option("--to", options->scenario.to, "Destination")->type_name("STATION");
    scenario->add_option("--depart", options->scenario.depart, "When it leaves, local to the origin; without it, today at 08:00")->type_name("TIME");
    scenario->add_option("--networks", options->scenario.networks, "Network files to choose from")->type_name("FILE...");
    scenario->add_option("--practice", options->scenario.practice, "Practice files, one for each country on the way")->type_name("FILE...");
    scenario->add_option("--train", options->scenario.train, "Train file")->type_name("FILE");
    scenario->add_option("--rolling-stock", options->scenario.rolling_stock, "Files of locomotives, where the train asks for them")
        ->type_name("FILE...");
    CLI::App* network = add("network", "A line of three stations");
    network->add_option("--from", options->network.from, "Name of its first station")->capture_default_str()->type_name("NAME");
    network->add_option("--to", options->network.to, "Name of its last station")->capture_default_str()->type_name("NAME");
    network->add_option("--country", options->country, "ISO 3166 two-letter code of its country")->capture_default_str()->type_name("CC");
    CLI::App* practice = add("practice", "How trains are worked in a country");
    practice->add_option("--country", options->country, "ISO 3166 two-letter code")->capture_default_str()->type_name("CC");
    CLI::App* train = add("train", "A train of two diesels and fifteen cars");
    return [options, scenario, practice, train] {
        if (scenario->parsed()) return write_scenario(*options);
        if (practice->parsed())
            return write_text(*options, {}, [&] { return new_practice(options->country, schema_for("practice", options->output)); });
        if (train->parsed()) return write_text(*options, {}, [&] { return new_train(schema_for("train", options->output)); });
        options->network.country = options->country;
        options->network.schema = schema_for("network", options->output);
        return write_text(*options, {}, [&] { return new_network(options->network); });
    };
}

}  // namespace cli
