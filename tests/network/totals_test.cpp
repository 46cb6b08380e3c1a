// The kilometres of whole corridors against published ones. Each row names who published it.

#include <support/near.hpp>
#include <support/networks.hpp>

#include <doctest/doctest.h>

namespace network_totals_test {

using namespace railwindow;

namespace {

struct Total {
    std::string from, to;
    std::vector<std::string> via, avoid;
    double published_km, share;  // how far off it may be
    const char* source;
};

const std::vector<Total> totals{
    {"kalli", "rajin", {"kowon"}, {"hambuk"}, 782.8, 0.01, "ja.wikipedia; en.wikipedia 781.1"},
    {"pyongyang", "rajin", {"kowon"}, {"hambuk"}, 801.9, 0.01, "DPRKExplained route planner"},
    {"chongjin-chongnyon", "rajin", {"hoeryong-chongnyon"}, {}, 328.2, 0.01, "Wikipedia, Hambuk line"},
    {"rajin", "khasan", {}, {}, 54, 0.01, "ru.wikipedia"},
    {"pyongyang", "khasan", {"rajin"}, {"CN"}, 850, 0.01, "ru.wikipedia"},
    {"pyongyang", "sinuiju-chongnyon", {}, {}, 225.1, 0.01, "Wikipedia, P'yongui line and Pyongyang-Kalli"},
    {"baranovsky", "khasan", {}, {}, 237, 0.01, "pl.wikipedia"},
    {"khasan", "ussuriysk", {}, {"CN"}, 260, 0.01, "railwayclub"},
    {"ussuriysk", "vladivostok", {}, {}, 111, 0.01, "kilometre posts 9288 and 9177"},
    {"khabarovsk-1", "ussuriysk", {}, {}, 656, 0.01, "kilometre posts 9177 and 8521"},
    {"obluchye", "khabarovsk-1", {}, {}, 331, 0.01, "kilometre posts 8521 and 8190"},
    {"arkhara", "obluchye", {}, {}, 110, 0.01, "kilometre posts 8190 and 8080"},
    {"skovorodino", "arkhara", {}, {}, 774, 0.01, "kilometre posts 8080 and 7306"},
    // The usual posts of Belogorsk (7873) and Svobodny (7815) do not fit their neighbours: from Skovorodino 7306 and Arkhara 8080,
    // which agree with the traced line to 0.1 %, they should be about 7866 and 7807. The networks follow the trace.
    {"belogorsk", "khabarovsk-1", {}, {}, 648, 0.02, "kilometre posts 8521 and 7873"},
    {"belogorsk", "khabarovsk-1", {}, {}, 655, 0.01, "8521 and 7866, from the neighbours"},
    {"svobodny", "belogorsk", {}, {}, 58, 0.02, "kilometre posts 7873 and 7815"},
    {"svobodny", "belogorsk", {}, {}, 59, 0.01, "7866 and 7807, from the neighbours"},
    {"mogocha", "skovorodino", {}, {}, 400, 0.01, "kilometre posts"},
    {"taishet", "ulan-ude", {}, {}, 1126, 0.01, "kilometre posts"},
    {"moscow-yaroslavsky", "vladivostok", {}, {"CN"}, 9288.2, 0.01, "kilometre post at Vladivostok"},
    {"moscow-yaroslavsky", "pyongyang", {"khasan"}, {"CN"}, 10'267, 0.01, "train tables, 10,267 to 10,272; RZD 10,300"},
    {"dandong", "shenyang", {}, {}, 277, 0.01, "general knowledge"},
    {"shenyang", "harbin", {}, {}, 547, 0.01, "general knowledge"},
    {"harbin", "manzhouli", {}, {}, 935, 0.01, "general knowledge"},
    {"beijing", "pyongyang", {}, {}, 1347, 0.01, "general knowledge, 1,347 to 1,364"},
    {"harbin", "mudanjiang", {}, {}, 355, 0.001, "general knowledge; a timetable's kilometres agree"},
    {"changchun", "harbin", {}, {}, 242, 0.02, "general knowledge; a timetable's kilometres have 246"},
    {"beijing", "xuzhou", {"langfang"}, {}, 814, 0.001, "chinaviki.com, Xuzhou station"},
    {"tianjin-west", "linchang", {}, {}, 1006, 0.01, "zh.wikipedia: Tianjin - Pukou 1,013.8, less the 8 km of Tianjin"},
    {"shenyang", "dalian", {}, {}, 397, 0.01, "zh.wikipedia: Shenyang North - Dalian 399"},
    {"siping", "meihekou", {}, {}, 155, 0.001, "ja.wikipedia"},
    {"meihekou", "jian", {}, {}, 251, 0.03, "newton.com.tw; zh.wikipedia and ja.wikipedia 245"},
    {"sunchon", "manpo-chongnyon", {}, {}, 299.9, 0.001, "ja.wikipedia; en.wikipedia 299.8"},
    {"hengyang", "pingxiang", {}, {}, 1013, 0.01, "baike.so"},
    {"nanning", "gia-lam", {}, {}, 395, 0.01, "general knowledge"},
    {"khasan", "vladivostok", {"ussuriysk"}, {"CN"}, 372, 0.01, "260 and 111 or 112"},
    {"khasan", "vladivostok", {"baranovsky"}, {"ussuriysk"}, 327, 0.01, "237 and 90"},
};

}  // namespace

TEST_CASE("golden: corridors are as long as published") {
    for (const Total& total : totals) {
        const Length length = way(total.from, total.to, total.via, total.avoid).length;
        INFO(total.from << " to " << total.to << ": " << length / km << " km, published " << total.published_km << " km (" << total.source << ")");
        CHECK(near(length, total.published_km * km, total.share * total.published_km * km));
    }
}

TEST_CASE("golden: whole ways keep their kilometres") {
    const auto kilometres = [](const Path& path) { return path.length / km; };
    CHECK(near(kilometres(way("pyongyang", "vladivostok", {"rajin", "ussuriysk"})), 1227.9, 0.1));
    CHECK(near(kilometres(way("pyongyang", "vladivostok", {"rajin"}, {"ussuriysk"})), 1181.3, 0.1));
    CHECK(near(kilometres(way("pyongyang", "vladivostok", {"dandong", "harbin", "suifenhe"})), 1784.3, 0.1));
    CHECK(near(kilometres(way("moscow-yaroslavsky", "pyongyang", {"zabaikalsk", "harbin", "dandong"})), 8660.5, 0.1));
    CHECK(near(kilometres(way("pyongyang", "dong-dang", {"tianjin"})), 4024, 1.0));
    CHECK(near(kilometres(way("pyongyang", "jilin", {"manpo-chongnyon", "jian", "panshi"})), 838.2, 0.1));
    CHECK(near(kilometres(way("pyongyang", "harbin", {"manpo-chongnyon", "jian", "liaoyuan"})), 1137.2, 0.1));
    CHECK(near(kilometres(way("dandong", "dalian", {"shenyang"})), 674, 0.1));
    CHECK(near(kilometres(way("yangzhou", "beijing", {"linchang", "langfang"})), 1232, 0.1));
    CHECK(near(kilometres(way("nanjing", "dandong", {"tianjin-west", "tianjin"})), 2003, 0.1));
    CHECK(near(kilometres(way("beijing", "dandong")), 1118, 1.0));  // 1,132 by train K27, which runs another way between Shenyang and Beijing
    CHECK(near(kilometres(way("khasan", "vostochny-cosmodrome-railhead", {}, {"CN"})), 1703.6, 0.1));
    CHECK(near(kilometres(way("ussuriysk", "vostochny-cosmodrome-railhead", {}, {"CN"})), 1443.3, 0.1));
    RouteRequest freight = asked("pyongyang", "vladivostok", {"namyang", "tumen", "mudanjiang", "suifenhe"});
    freight.use = Use::freight_only;
    CHECK(near(best_path(whole_network(), freight)->length, 1515.5 * km, 0.1 * km));
    freight = asked("pyongyang", "vladivostok", {"namyang", "hunchun-south", "makhalino"});
    freight.use = Use::freight_only;
    freight.avoid.stations = {*whole_network().find_station("ussuriysk")};
    CHECK(near(best_path(whole_network(), freight)->length, 1291.0 * km, 0.1 * km));
}

TEST_CASE("law: lengths and positions, which come from different sources, tell of the same country") {
    // The length of a line over the sum of the straight lines between its stations: near 1.1 on plains, more in hills and along rivers.
    struct Line {
        const char *from, *to, *via;
        double least, most;
    };
    for (const Line& line : {Line{"tianjin-west", "nanjing", "xuzhou", 1.02, 1.15}, Line{"shenyang", "dalian", "anshan", 1.02, 1.15},
                             Line{"shenyang", "harbin", "changchun", 1.02, 1.15}, Line{"harbin", "manzhouli", "hailar", 1.02, 1.15},
                             Line{"harbin", "mudanjiang", "yabuli", 1.15, 1.5}, Line{"siping", "meihekou", "liaoyuan", 1.15, 1.5},
                             Line{"meihekou", "jian", "tonghua", 1.15, 1.5}, Line{"meihekou", "jilin", "panshi", 1.15, 1.5},
                             Line{"sunchon", "manpo-chongnyon", "kanggye", 1.15, 1.5}}) {
        const Path path = way(line.from, line.to, {line.via});
        const std::vector<std::string> ids = stations_of(path);
        Length straight = 0 * km;
        for (std::size_t i = 1; i < ids.size(); ++i)
            straight += great_circle(whole_network().stations()[*whole_network().find_station(ids[i - 1])].position,
                                     whole_network().stations()[*whole_network().find_station(ids[i])].position);
        INFO(line.from << " to " << line.to << ": " << path.length / straight);
        CHECK(path.length > line.least * straight);
        CHECK(path.length < line.most * straight);
    }
}

}  // namespace network_totals_test
