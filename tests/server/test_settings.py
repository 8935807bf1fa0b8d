from dataclasses import fields

import pytest

from hytegraph.server.settings import SETTINGS, SettingError, Settings


def test_the_list_and_the_settings_have_the_same_names() -> None:
    assert [setting.name for setting in SETTINGS] == [field.name for field in fields(Settings)]


def test_a_given_value_wins_over_the_environment_and_that_over_the_default() -> None:
    environment = {"HYTEGRAPH_PORT": "8001", "HYTEGRAPH_THREADS": "2"}

    settings = Settings.of(environment, {"port": "8002", "base": None})

    assert (settings.port, settings.threads, settings.base) == (8002, 2, "https://w3id.org/hytegraph/")


@pytest.mark.parametrize(
    ("name", "value"), [("port", "many"), ("threads", "0"), ("base", "https://no.slash")]
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingError) as error:
        Settings.of({}, {name: value})

    assert error.value.name == name
