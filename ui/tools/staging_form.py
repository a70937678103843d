"""The inputs of the staging page and what the session remembers of them."""

from __future__ import annotations

from typing import get_args

import streamlit as st

from assistant.staging.entered import LDH_ENTRIES, SETTINGS, Entered, names_unit
from assistant.staging.findings import Lesion, State
from assistant.staging.iss import FIELDS, LESIONS, System
from assistant.staging.messages import label
from assistant.staging.systems import system_data
from assistant.staging.units import unit_choices
from ui.state import keep
from ui.strings import Texts

SYSTEMS: tuple[System, ...] = get_args(System)
_STATES: tuple[State, ...] = get_args(State)
_MAX_VALUE = 60  # characters
_UNIT_WIDTH = 120  # pixels

_EMPTY = Entered()
_ALL_LESIONS: tuple[Lesion, ...] = tuple(dict.fromkeys(lesion for row in LESIONS.values() for lesion in row))
_EMPTY_FIELDS: dict[str, object] = {
    "stage-system": _EMPTY.system,
    "stage-b2m": _EMPTY.b2m,
    "stage-b2m-unit": _EMPTY.b2m_unit,
    "stage-albumin": _EMPTY.albumin,
    "stage-albumin-unit": _EMPTY.albumin_unit,
    "stage-ldh-entry": _EMPTY.ldh_entry,
    "stage-ldh": _EMPTY.ldh,
    "stage-ldh-limit": _EMPTY.ldh_limit,
    "stage-fish-not-done": not _EMPTY.fish_done,
    "stage-setting": _EMPTY.setting,
    **{f"stage-fish-{lesion}": "unknown" for lesion in _ALL_LESIONS},
}


def keep_fields() -> None:
    """Hold on to what was entered; to be called in every run, on every page."""
    for key, empty in _EMPTY_FIELDS.items():
        keep(key, empty)


def clear() -> None:
    """Empty the form; the system stays, as it was chosen and not read off a report."""
    st.session_state.update({key: v for key, v in _EMPTY_FIELDS.items() if key != "stage-system"})


def show_form(texts: Texts) -> Entered:
    """Draw the inputs that the chosen system uses; gives what all of them hold."""
    st.segmented_control(
        texts("staging_system"), SYSTEMS, required=True, key="stage-system",
        format_func=lambda system: str(system_data(system)["name"]),
    )
    system: System = st.session_state["stage-system"]
    st.selectbox(
        texts("staging_setting"), SETTINGS, key="stage-setting",
        format_func=lambda setting: texts(f"staging_setting_{setting.replace(' ', '_')}"),
    )
    _value_with_unit("b2m", texts)
    _value_with_unit("albumin", texts)
    if "ldh" in FIELDS[system]:
        _ldh(texts)
    if "fish" in FIELDS[system]:
        _fish(LESIONS[system], texts)
    st.button(texts("staging_reset"), key="stage-reset", icon=":material/restart_alt:", on_click=clear)
    return _entered()


def _value_with_unit(finding: str, texts: Texts) -> None:
    """A number and its unit side by side; the unit may be typed behind the number, too."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        typed = st.text_input(
            texts(f"staging_{finding}"), key=f"stage-{finding}", max_chars=_MAX_VALUE,
            placeholder=texts(f"staging_{finding}_example"), autocomplete="off",
        )
        st.selectbox(
            texts("staging_unit_of", finding=label(finding, texts.language)), unit_choices(finding),
            key=f"stage-{finding}-unit", label_visibility="collapsed", width=_UNIT_WIDTH,
            disabled=names_unit(finding, typed),  # two units side by side would leave open which one counts
        )


def _ldh(texts: Texts) -> None:
    entry = st.segmented_control(
        texts("staging_ldh"), LDH_ENTRIES, required=True, key="stage-ldh-entry",
        format_func=lambda entry: texts(f"staging_ldh_{entry}"),
    )
    if entry == "value":
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            for name in ("ldh", "ldh-limit"):
                key = name.replace("-", "_")
                st.text_input(
                    texts(f"staging_{key}_label"), key=f"stage-{name}", max_chars=_MAX_VALUE,
                    placeholder=texts(f"staging_{key}_example"), autocomplete="off", width="stretch",
                )


def _fish(lesions: tuple[Lesion, ...], texts: Texts) -> None:
    with st.container(key="staging-fish", gap="small"):
        not_done = st.checkbox(texts("staging_fish_not_done"), key="stage-fish-not-done")
        for lesion in lesions:
            st.segmented_control(
                texts("staging_lesion", lesion=texts("staging_1q") if lesion == "1q+" else lesion),
                _STATES, required=True, key=f"stage-fish-{lesion}", disabled=not_done,
                format_func=lambda state: texts(f"staging_{state}"),
            )


def _entered() -> Entered:
    held = st.session_state
    lesions: dict[Lesion, State] = {lesion: held[f"stage-fish-{lesion}"] for lesion in _ALL_LESIONS}
    return Entered(
        system=held["stage-system"],
        b2m=held["stage-b2m"],
        b2m_unit=held["stage-b2m-unit"],
        albumin=held["stage-albumin"],
        albumin_unit=held["stage-albumin-unit"],
        ldh_entry=held["stage-ldh-entry"],
        ldh=held["stage-ldh"],
        ldh_limit=held["stage-ldh-limit"],
        lesions=lesions,
        fish_done=not held["stage-fish-not-done"],
        setting=held["stage-setting"],
    )
