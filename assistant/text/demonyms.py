"""What English calls the people and things of a country (Dutch, Kenyan), which Korean calls by the country's name."""

from __future__ import annotations

from functools import cache

# By country, of one word each; "Korean" is left out: nearly every paper here is about Korean companies.
_DEMONYMS = """
    Afghanistan: Afghan; Algeria: Algerian; Angola: Angolan; Argentina: Argentine, Argentinian; Armenia: Armenian; Australia: Australian;
    Austria: Austrian; Azerbaijan: Azerbaijani; Bahrain: Bahraini; Bangladesh: Bangladeshi; Belgium: Belgian; Bolivia: Bolivian;
    Brazil: Brazilian; Brunei: Bruneian; Bulgaria: Bulgarian; Cambodia: Cambodian; Cameroon: Cameroonian; Canada: Canadian;
    Chile: Chilean; China: Chinese; Colombia: Colombian; Croatia: Croatian; Czechia: Czech; Denmark: Danish;
    Dominican Republic: Dominican; Ecuador: Ecuadorian, Ecuadorean; Egypt: Egyptian; El Salvador: Salvadoran; Ethiopia: Ethiopian;
    Finland: Finnish; France: French; Georgia: Georgian; Germany: German; Ghana: Ghanaian; Greece: Greek; Guatemala: Guatemalan;
    Honduras: Honduran; Hungary: Hungarian; India: Indian; Indonesia: Indonesian; Iran: Iranian; Iraq: Iraqi; Ireland: Irish;
    Israel: Israeli; Italy: Italian; Japan: Japanese; Jordan: Jordanian; Kazakhstan: Kazakh, Kazakhstani; Kenya: Kenyan;
    Kuwait: Kuwaiti; Kyrgyzstan: Kyrgyz; Laos: Lao, Laotian; Lebanon: Lebanese; Libya: Libyan; Malaysia: Malaysian; Mexico: Mexican;
    Mongolia: Mongolian; Morocco: Moroccan; Mozambique: Mozambican; Myanmar: Burmese; Nepal: Nepali, Nepalese; Netherlands: Dutch;
    Nicaragua: Nicaraguan; Nigeria: Nigerian; Norway: Norwegian; Oman: Omani; Pakistan: Pakistani;
    Panama: Panamanian; Paraguay: Paraguayan; Peru: Peruvian; Philippines: Filipino, Philippine; Poland: Polish; Portugal: Portuguese;
    Qatar: Qatari; Romania: Romanian; Russia: Russian; Rwanda: Rwandan; Saudi Arabia: Saudi; Senegal: Senegalese; Serbia: Serbian;
    Singapore: Singaporean; Slovakia: Slovak; Slovenia: Slovenian; Spain: Spanish;
    Sweden: Swedish; Switzerland: Swiss; Syria: Syrian; Taiwan: Taiwanese; Tajikistan: Tajik;
    Tanzania: Tanzanian; Thailand: Thai; Tunisia: Tunisian; Türkiye: Turkish; Turkmenistan: Turkmen; Uganda: Ugandan;
    Ukraine: Ukrainian; United Arab Emirates: Emirati; United Kingdom: British; United States: American; Uruguay: Uruguayan;
    Uzbekistan: Uzbek; Venezuela: Venezuelan; Vietnam: Vietnamese; Yemen: Yemeni; Zambia: Zambian
"""


def country_of(word: str) -> str | None:
    """The English name of the country whose people or things ``word`` means; ``None`` for any other word, in whatever case."""
    return _by_demonym().get(word.casefold())


@cache
def _by_demonym() -> dict[str, str]:
    entries = (entry.split(":") for entry in _DEMONYMS.split(";"))
    return {word.strip().casefold(): country.strip() for country, words in entries for word in words.split(",")}
