"""References to decisions are found as minutes and plans write them."""

import pytest

from hytegraph.loaders.identity.references import find_references


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("KV 3.10.2022 § 77", ["Kaupunginvaltuusto 3.10.2022 § 77"]),
        ("KV 3.10.2022 §77, KH 1.2.24", ["Kaupunginvaltuusto 3.10.2022 § 77", "Kaupunginhallitus 1.2.2024"]),
        ("Hyvinvointilautakunta\n21.9.2023 § 85", ["Hyvinvointilautakunta 21.9.2023 § 85"]),
        ("Perusturvalautakunta 30.5.2022 käsitteli", ["Perusturvalautakunta 30.5.2022"]),
        ("KV 31.2.2022 § 7", []),
        ("asiakaskäyntejä 14.3.-30.6.", []),
        ("", []),
    ],
)
def test_body_date_and_section_are_read(text: str, labels: list[str]) -> None:
    assert [reference.label for reference in find_references(text)] == labels
