"""The inputs of the tools. A value that is entered for one tool stands in the others, too."""

from __future__ import annotations

import streamlit as st

from assistant.staging.entered import names_unit
from assistant.staging.messages import label
from ui.state import keep
from ui.strings import Texts
from ui.tools.forms import Field, Form, fish_text, forms, valued

_MAX = 60  # characters
_UNIT_WIDTH = 120  # pixels
_STATES = ("present", "absent", "unknown")
_ALLELES = ("", "monoallelic", "biallelic")
FORM = "tool-form"


def keep_inputs() -> None:
    """Hold on to what was entered; to be called in every run, on every page."""
    keep(FORM, next(iter(forms())))
    for key, empty in _empty().items():
        keep(key, empty)


def clear() -> None:
    """Empty all inputs."""
    st.session_state.update(_empty())


def show_inputs(form: Form, texts: Texts) -> tuple[dict[str, str], str, str]:
    """Draw a form; gives the texts by finding, the model, and the FISH report."""
    model = _model(form, texts)
    given = {field.name: _input(field, texts) for field in form.fields}
    fish = _lesions(form, texts) if model in form.lesions_for else ""
    st.button(texts("staging_reset"), key="tool-reset", icon=":material/restart_alt:", on_click=clear)
    return given, model, fish


def named(field: str, texts: Texts) -> str:
    """What a reader calls an input."""
    key = f"tool_field_{field}"
    name = texts(key) if key in texts.texts else label(field, texts.language)
    return name[0].upper() + name[1:] if name[0].isascii() else name


def choice(option: str, texts: Texts) -> str:
    """What a reader calls an option."""
    key = f"tool_option_{option.replace(' ', '_')}"
    return texts(key) if key in texts.texts else label(option, texts.language)


def _model(form: Form, texts: Texts) -> str:
    if len(form.models) < 2:
        return next(iter(form.models), "")
    st.selectbox(
        texts("tool_model"), form.models, key=f"tool-{form.name}-model",
        format_func=lambda name: texts(f"tool_model_{name.replace('-', '_')}"),
    )
    return str(st.session_state[f"tool-{form.name}-model"])


def _input(field: Field, texts: Texts) -> str:
    key, name = f"tool-{field.name}", named(field.name, texts)
    if field.options == ("yes",):
        return "yes" if st.checkbox(name, key=key) else ""
    if len(field.options) == 2:
        options = ("", *field.options)
        st.segmented_control(
            name, options, key=key, required=True, format_func=lambda o: choice(o, texts)
        )
        return str(st.session_state[key])
    if field.options:
        st.selectbox(name, ("", *field.options), key=key, format_func=lambda o: choice(o, texts))
        return str(st.session_state[key])
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        typed = st.text_input(
            name, key=key, max_chars=_MAX, autocomplete="off",
            placeholder=texts("tool_example", example=field.example),
        )
        if not field.units:
            return typed
        unit: str = st.selectbox(
            texts("staging_unit_of", finding=name), field.units, key=f"{key}-unit", width=_UNIT_WIDTH,
            label_visibility="collapsed", disabled=len(field.units) == 1 or names_unit(field.name, typed),
        )
    return valued(field, typed, unit)


def _lesions(form: Form, texts: Texts) -> str:
    states: dict[str, str] = {}
    with st.container(key="tool-fish", gap="small"):
        for lesion in form.lesions:
            st.segmented_control(
                texts("staging_lesion", lesion=texts("staging_1q") if lesion == "1q+" else lesion), _STATES,
                required=True, key=f"tool-fish-{lesion}", format_func=lambda s: texts(f"staging_{s}"),
            )
            states[lesion] = str(st.session_state[f"tool-fish-{lesion}"])
            if states[lesion] == "present" and lesion == "del(17p)":
                st.text_input(texts("tool_percent"), key="tool-percent", max_chars=8, autocomplete="off")
            if states[lesion] == "present" and lesion == "del(1p32)":
                st.selectbox(
                    texts("tool_alleles"), _ALLELES, key="tool-alleles",
                    format_func=lambda o: choice(o, texts),
                )
    held = st.session_state
    return fish_text(states, held["tool-percent"], held["tool-alleles"])


def _empty() -> dict[str, object]:
    found: dict[str, object] = {"tool-percent": "", "tool-alleles": ""}
    for form in forms().values():
        if len(form.models) > 1:
            found[f"tool-{form.name}-model"] = form.models[0]
        for field in form.fields:
            found[f"tool-{field.name}"] = False if field.options == ("yes",) else ""
            if field.units:
                found[f"tool-{field.name}-unit"] = field.units[0]
        for lesion in form.lesions:
            found[f"tool-fish-{lesion}"] = "unknown"
    return found
