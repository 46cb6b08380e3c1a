#include <railwindow/core/country.hpp>

#include <railwindow/core/text.hpp>

#include <cctype>
#include <utility>
#include <vector>

namespace railwindow {
namespace {

// ISO 3166-1 alpha-2. Source: iso3166.tab of the IANA time zone database.
constexpr std::string_view codes =
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW ";

// ISO 3166-1 alpha-3 of the countries of our networks and their neighbours: no letter of PRK tells that it is KP.
constexpr std::pair<std::string_view, std::string_view> of_three_letters[] = {{"CHN", "CN"}, {"KOR", "KR"}, {"MNG", "MN"},
                                                                              {"PRK", "KP"}, {"RUS", "RU"}, {"VNM", "VN"}};

constexpr const char* code_form = "write the two-letter ISO 3166 code, such as KP, RU or CN";

bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

std::vector<std::string_view> all_codes() {
    std::vector<std::string_view> list;
    for (std::size_t at = 0; at + 2 <= codes.size(); at += 3) list.push_back(codes.substr(at, 2));
    return list;
}

}  // namespace

bool is_country_code(std::string_view code) {
    if (code.size() != 2 || !is_capital(code[0]) || !is_capital(code[1])) return false;
    if (code == "AA" || code == "ZZ" || code[0] == 'X' || (code[0] == 'Q' && code[1] >= 'M')) return true;
    for (std::size_t at = 0; at + 2 <= codes.size(); at += 3)
        if (codes.substr(at, 2) == code) return true;
    return false;
}

std::string country_code_remedy(std::string_view text) {
    std::string capitals;
    for (const char c : text) capitals += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    std::string_view near;
    for (const auto& [three, two] : of_three_letters)
        if (capitals == three) near = two;
    const std::vector<std::string_view> codes_known = all_codes();
    if (near.empty() && capitals.size() <= 3) near = near_miss(capitals, codes_known);
    return near.empty() ? code_form : "did you mean '" + std::string{near} + "'? " + code_form;
}

}  // namespace railwindow
