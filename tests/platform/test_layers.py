"""Foreign keys point down the list of layers, like imports."""

import tomllib

from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

from config.values import ROOT


def layers():
    """The layers of the import contract, topmost first; siblings share a line."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        contracts = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    lines = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    return [[name.strip(" ()") for name in line.split("|")] for line in lines]


def layer_of(model):
    for height, names in enumerate(layers()):
        if any(f"{model.__module__}.".startswith(f"{name}.") for name in names):
            return height
    return None


def relations():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            if isinstance(field, ForeignKey | ManyToManyField):
                yield model, field.name, field.related_model


def test_the_layers_of_our_models_are_known():
    ours = [model for model in apps.get_models() if model.__module__.startswith("caseway.")]

    assert ours
    assert [model for model in ours if layer_of(model) is None] == []


def test_no_foreign_key_points_up_or_sideways():
    upwards = []
    for model, name, target in relations():
        here, there = layer_of(model), layer_of(target)
        if here is None or there is None:  # of Django or a library, which stand below all
            continue
        siblings = here == there and model._meta.app_label != target._meta.app_label
        if there < here or siblings:
            upwards.append(f"{model._meta.label}.{name} -> {target._meta.label}")

    assert upwards == [], "what is needed from above is told by an event: config/reactions.py"
