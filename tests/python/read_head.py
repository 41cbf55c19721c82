"""Opens a head file with the published safetensors package and classifies one photo with nothing but numpy.

python3 read_head.py NAME.head.safetensors POOLS.json

POOLS.json is a list of the photo's pools, in the order of the file's `backbone.taps`. Prints one JSON object. It shows in
twenty lines what the format means, and checks the head's own tests on the way.
"""
import json
import sys

import numpy as np
from safetensors import safe_open

CHANNELS = {"head": 1280, "b11_dw": 672, "b12_dw": 1152, "b13_dw": 1152, "b14_dw": 1152, "b15_dw": 1152}


def feature(pools, taps, transform):
    """The numbers that the linear layer looks at."""
    ends = np.cumsum([CHANNELS[tap] for tap in taps])
    parts = dict(zip(taps, np.split(pools, ends[:-1])))
    chosen = [parts[name] ** transform["power"] for name in transform["pools"]]
    if transform["l2_per_pool"]:
        chosen = [part / max(np.linalg.norm(part), 1e-9) for part in chosen]
    return np.concatenate(chosen) * transform["scale"]


def pattern_1(dim):
    """The generated pools called `pattern:1`."""
    return np.array([1 + ((i * 2654435761 % 2**32) >> 9) / 2**23 for i in range(dim)])


def main(path, pools_path):
    with safe_open(path, framework="np") as file:
        metadata = file.metadata()
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    assert metadata["format"] == "headstart.head" and metadata["format_version"] == "1", metadata
    head = json.loads(metadata["head"])
    weight, bias, mean = (tensors[name].astype(np.float64) for name in ("weight", "bias", "mean"))

    def logits(pools):
        return weight @ (feature(pools, head["backbone"]["taps"], head["transform"]) - mean) + bias

    for test in head["tests"]:
        assert test["input"] == "pattern:1", test["input"]
        error = np.abs(logits(pattern_1(head["backbone"]["dim"])) - test["logits"]).max()
        assert error <= test["tolerance"], (error, test["tolerance"])
    with open(pools_path) as file:
        scaled = logits(np.array(json.load(file))) / head["temperature"]
    probabilities = np.exp(scaled - scaled.max())
    print(json.dumps({
        "shapes": {name: list(tensor.shape) for name, tensor in tensors.items()},
        "types": {name: str(tensor.dtype) for name, tensor in tensors.items()},
        "classes": [entry["name"] for entry in head["classes"]],
        "probabilities": (probabilities / probabilities.sum()).tolist(),
    }))


if __name__ == "__main__":
    main(*sys.argv[1:])
