"""What a screen reader says of a trace, a plan and a table: names, in their order; and what forced colours leave."""

from playwright.sync_api import expect

from tests.browser.conftest import Visit

TRACE = """
- article:
  - heading "Kaupunginjohtajan aamukahvit kahdesti vuodessa" [level=1]
  - region "Yhteys strategiaan":
    - heading "Yhteys strategiaan" [level=2]
    - list:
      - listitem:
        - text: Toimenpide
        - link "Kaupunginjohtajan aamukahvit kahdesti vuodessa"
      - listitem:
        - text: Tavoite
        - list:
          - listitem:
            - link "Osallistava kehittäminen ja yhteisöllisyys"
            - text: luettu taulukon paikasta
            - link "toimenpideohjelma 2026, rivi 12"
      - listitem:
        - text: Päämäärä
        - list:
          - listitem:
            - link "Viisas Kemi"
            - text: sanottu asiakirjassa
            - link "toimenpideohjelma 2026, rivi 81"
"""
PLAN = """
- heading "Hyvinvointisuunnitelman toimenpiteet vuodelle 2026" [level=1]
- form "Rajaukset"
- status: /5 toimenpidettä/
- region "Viisas Kemi":
  - heading "Viisas Kemi" [level=2]
  - heading "Osallistava kehittäminen ja yhteisöllisyys" [level=3]
  - list:
    - listitem:
      - link "Kaupunginjohtajan aamukahvit kahdesti vuodessa"
      - list:
        - listitem:
          - text: "Vastuutaho:"
          - link "Kanslia"
"""
TABLE = """
- heading "Toimenpiteet" [level=1]
- form "Rajaukset":
  - paragraph:
    - combobox "Vastuutaho"
- status:
  - strong: 1 rivi
- list "Rajaukset":
  - listitem:
    - text: "Kausi:"
    - strong: "2026"
    - 'link "Näytä ilman rajausta: Kausi"'
- group "Toimenpiteet":
  - table:
    - rowgroup:
      - row "Toimenpide Vastuutaho Tavoite Kausi Rivit"
    - rowgroup:
      - row:
        - rowheader "Kaupunginjohtajan aamukahvit kahdesti vuodessa"
"""


def test_a_trace_is_read_from_the_measure_upwards_with_how_each_step_is_known(visit: Visit) -> None:
    page = visit("/trace/id/kemi/measure/toimenpideohjelma-2026/L12-1")

    expect(page.get_by_role("main")).to_match_aria_snapshot(TRACE)


def test_a_plan_is_read_by_aims_and_goals_with_who_is_responsible(visit: Visit) -> None:
    page = visit("/tree/id/kemi/plan/toimenpideohjelma-2026?party=Kanslia")

    expect(page.get_by_role("main")).to_match_aria_snapshot(PLAN)


def test_a_table_is_read_with_what_narrows_it_and_its_headings(visit: Visit) -> None:
    page = visit("/measures?period=2026&words=aamukahvit")

    expect(page.get_by_role("main")).to_match_aria_snapshot(TABLE)


def test_a_sorted_column_says_which_way(visit: Visit) -> None:
    page = visit("/measures?sort=-measure")

    assert page.get_by_role("columnheader", name="Toimenpide").get_attribute("aria-sort") == "descending"


def test_forced_colours_tell_the_current_entry_of_the_menu_from_the_others(visit: Visit) -> None:
    page = visit("/measures")
    page.emulate_media(forced_colors="active")
    menu = page.get_by_role("navigation", name="Päävalikko")

    def line_below(name: str) -> str:
        link = menu.get_by_role("link", name=name, exact=True)
        return str(link.evaluate("element => getComputedStyle(element).borderBottomColor"))

    assert line_below("Seuranta") != line_below("Suunnitelmat") == line_below("Haku")
