"""Settings: where they come from, what wins, and what a wrong one is told."""

from __future__ import annotations

import pytest

from indexer.errors import SettingsError
from indexer.settings import Settings, load_settings


def write(folder, text: str):
    (folder / "youju.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_any_source_all_is_as_declared() -> None:
    settings = load_settings(None, {})
    assert settings == Settings()
    assert (settings.chunk.target, settings.chunk.limit, settings.server.port) == (120, 300, 7860)


def test_file_then_environment_then_flags_the_later_wins(tmp_path) -> None:
    folder = write(tmp_path, '[server]\nhost = "a"\nport = 1\n[chunk]\ntarget = 100\n[archive.home]\nplace = "某区"\n')
    env = {"YOUJU_SERVER_PORT": "2", "YOUJU_CHUNK_TARGET": "110", "HOME": "/root"}
    settings = load_settings(folder, env, {"server.port": 3, "chunk.limit": None})
    assert (settings.server.host, settings.server.port, settings.chunk.target) == ("a", 3, 110)
    assert (settings.archive.home.place, settings.chunk.limit) == ("某区", 300)


def test_a_byte_order_mark_is_no_error(tmp_path) -> None:
    (tmp_path / "youju.toml").write_bytes("[server]\nport = 9\n".encode("utf-8-sig"))
    assert load_settings(tmp_path, {}).server.port == 9


def test_a_whole_number_may_stand_for_a_number(tmp_path) -> None:
    assert load_settings(write(tmp_path, "[answer]\nfigure_threshold = 1\n"), {}).answer.figure_threshold == 1.0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[server]\nprot = 1\n", ["youju.toml", "server.prot", "server.host, server.port"]),
        ("[sever]\nport = 1\n", ["youju.toml", "sever", "server"]),
        ('[server]\nport = "80"\n', ["youju.toml", "server.port", "'80'", "a whole number from 1 to 65535"]),
        ("[server]\nport = true\n", ["server.port", "True", "a whole number"]),
        ("[server]\nport = 70000\n", ["server.port", "70000", "from 1 to 65535"]),
        ("[answer]\ntext_threshold = nan\n", ["answer.text_threshold", "from 0 to 1"]),
        ("[embedding]\nmodel = 3\n", ["embedding.model", "3", "a text"]),
        ("server = 3\n", ["server is a section", "[server]"]),
        ("[chunk]\ntarget = 400\n", ["chunk.limit is 300", "400"]),
        ("[server\n", ["youju.toml", "TOML"]),
    ],
)
def test_a_wrong_file_is_told_what_is_wrong_and_allowed(tmp_path, text, words) -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(write(tmp_path, text), {})
    assert all(word in str(error.value) for word in words), str(error.value)


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"YOUJU_SERVER_PROT": "1"}, ["YOUJU_SERVER_PROT", "YOUJU_SERVER_PORT"]),
        ({"YOUJU_SERVER_PORT": "many"}, ["YOUJU_SERVER_PORT", "'many'", "a whole number from 1 to 65535"]),
    ],
)
def test_a_wrong_variable_is_told(env, words) -> None:
    with pytest.raises(SettingsError) as error:
        load_settings(None, env)
    assert all(word in str(error.value) for word in words), str(error.value)


def test_the_key_of_the_language_model_and_the_folder_are_no_settings() -> None:
    env = {"YOUJU_LLM_KEY": "s", "YOUJU_ARCHIVE": "/a", "YOUJU_ANSWER_LLM_KEY_ENV": "YOUJU_OTHER", "YOUJU_OTHER": "s"}
    assert load_settings(None, env).answer.llm.key_env == "YOUJU_OTHER"


def test_an_unknown_flag_is_told() -> None:
    with pytest.raises(SettingsError, match=r"server\.prot"):
        load_settings(None, {}, {"server.prot": 1})
