"""One run of the model in Mesa's own view: `solara run docs/do/view/app.py`."""

from mesa.visualization import Slider, SolaraViz, make_plot_component

from simulation import REGIMES, SectorModel

SETTINGS = {
    "regime": {"type": "Select", "value": "peer_support", "values": list(REGIMES), "label": "Regime"},
    "replicate": Slider("Luck", value=0, min=0, max=99, step=1),
    "transfer_rate": Slider("Practice learnt from support", value=0.35, min=0.02, max=0.6, step=0.02),
}
PLOTS = [make_plot_component(path) for path in ("inadequate", "mean_quality", "attention", "director_changes")]
page = SolaraViz(SectorModel(), components=PLOTS, model_params=SETTINGS, name="One run, month by month: no forecast")
