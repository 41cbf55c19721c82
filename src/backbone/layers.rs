//! The layer table: one description of a network that drives the Burn path, the converter and whatever comes later
//! (kernels, exporters).
//!
//! The networks are `EfficientNet-Lite` (Tan and Le 2019, <https://arxiv.org/abs/1905.11946>, as simplified by its
//! authors in 2020: no squeeze-and-excite, `ReLU6` everywhere): a stem, blocks of an expanding 1×1, a depthwise and a
//! projecting 1×1 convolution, and a last 1×1 convolution.

/// A network of the `EfficientNet-Lite` family.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Channels after the first convolution (3×3, stride 2).
    pub stem: usize,
    /// The blocks, in order.
    pub blocks: &'static [Block],
    /// Channels after the last 1×1 convolution.
    pub head: usize,
}

/// One block; its output is added to its input where both have the same shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Channels in.
    pub input: usize,
    /// Channels of the depthwise convolution; equal to `input` where the block has no expanding convolution.
    pub expanded: usize,
    /// Channels out.
    pub output: usize,
    /// Side of the depthwise kernel.
    pub kernel: usize,
    /// Stride of the depthwise kernel.
    pub stride: usize,
}

/// A convolution's place in a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The first convolution.
    Stem,
    /// The expanding 1×1 of a block.
    Expand(usize),
    /// The depthwise convolution of a block.
    Depthwise(usize),
    /// The projecting 1×1 of a block, without an activation.
    Project(usize),
    /// The last 1×1 convolution.
    Head,
}

/// A convolution with a bias; padded as TensorFlow's `SAME`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Convolution {
    /// Where it stands.
    pub place: Place,
    /// Channels in.
    pub input: usize,
    /// Channels out.
    pub output: usize,
    /// Side of the kernel.
    pub kernel: usize,
    /// Stride.
    pub stride: usize,
    /// Groups: 1, or all channels for a depthwise convolution.
    pub groups: usize,
}

/// `EfficientNet-Lite0`: 3.4 million weights, 0.39 billion multiply-adds a photo.
pub static LITE0: Network = Network {
    stem: 32,
    blocks: &[
        block(32, 1, 16, 3, 1),
        block(16, 6, 24, 3, 2),
        block(24, 6, 24, 3, 1),
        block(24, 6, 40, 5, 2),
        block(40, 6, 40, 5, 1),
        block(40, 6, 80, 3, 2),
        block(80, 6, 80, 3, 1),
        block(80, 6, 80, 3, 1),
        block(80, 6, 112, 5, 1),
        block(112, 6, 112, 5, 1),
        block(112, 6, 112, 5, 1),
        block(112, 6, 192, 5, 2),
        block(192, 6, 192, 5, 1),
        block(192, 6, 192, 5, 1),
        block(192, 6, 192, 5, 1),
        block(192, 6, 320, 3, 1),
    ],
    head: 1280,
};

const fn block(input: usize, expansion: usize, output: usize, kernel: usize, stride: usize) -> Block {
    Block { input, expanded: input * expansion, output, kernel, stride }
}

impl Network {
    /// The first convolution.
    pub fn stem(&self) -> Convolution {
        Convolution { place: Place::Stem, input: 3, output: self.stem, kernel: 3, stride: 2, groups: 1 }
    }

    /// The last convolution.
    pub fn head(&self) -> Convolution {
        let input = self.blocks.last().map_or(self.stem, |block| block.output);
        pointwise(Place::Head, input, self.head)
    }

    /// All convolutions, in the order in which a photo passes them.
    pub fn convolutions(&self) -> Vec<Convolution> {
        let mut all = vec![self.stem()];
        for (index, block) in self.blocks.iter().enumerate() {
            all.extend(block.expand(index));
            all.push(block.depthwise(index));
            all.push(block.project(index));
        }
        all.push(self.head());
        all
    }

    /// Multiply-adds on a picture of `size` × `size` pixels.
    pub fn multiply_adds(&self, size: usize) -> usize {
        let mut size = size;
        let work = |convolution: Convolution| {
            let work = convolution.multiply_adds(size);
            size = size.div_ceil(convolution.stride);
            work
        };
        self.convolutions().into_iter().map(work).sum()
    }
}

impl Block {
    /// The expanding convolution of this block, the `index`th of its network.
    pub fn expand(&self, index: usize) -> Option<Convolution> {
        (self.expanded != self.input).then(|| pointwise(Place::Expand(index), self.input, self.expanded))
    }

    /// The depthwise convolution of this block.
    pub fn depthwise(&self, index: usize) -> Convolution {
        Convolution {
            place: Place::Depthwise(index),
            input: self.expanded,
            output: self.expanded,
            kernel: self.kernel,
            stride: self.stride,
            groups: self.expanded,
        }
    }

    /// The projecting convolution of this block.
    pub fn project(&self, index: usize) -> Convolution {
        pointwise(Place::Project(index), self.expanded, self.output)
    }

    /// Whether the block's input is added to its output.
    pub fn is_residual(&self) -> bool {
        self.stride == 1 && self.input == self.output
    }
}

const fn pointwise(place: Place, input: usize, output: usize) -> Convolution {
    Convolution { place, input, output, kernel: 1, stride: 1, groups: 1 }
}

impl Convolution {
    /// Its name in the weights file, where it has a `.weight` and a `.bias`.
    pub fn name(&self) -> String {
        match self.place {
            Place::Stem => "stem".to_owned(),
            Place::Expand(block) => format!("blocks.{block}.expand"),
            Place::Depthwise(block) => format!("blocks.{block}.depthwise"),
            Place::Project(block) => format!("blocks.{block}.project"),
            Place::Head => "head".to_owned(),
        }
    }

    /// Shape of its weights: `[output, input / groups, kernel, kernel]`.
    pub fn shape(&self) -> [usize; 4] {
        [self.output, self.input / self.groups, self.kernel, self.kernel]
    }

    /// Whether `ReLU6` follows.
    pub fn is_activated(&self) -> bool {
        !matches!(self.place, Place::Project(_))
    }

    /// Zeros before and after a side of `size` pixels, as TensorFlow's `SAME`: the output has `size / stride` pixels,
    /// rounded up, and an odd number of zeros has the larger half at the end.
    pub fn padding(&self, size: usize) -> (usize, usize) {
        let covered = (size.div_ceil(self.stride) - 1) * self.stride + self.kernel;
        let total = covered.saturating_sub(size);
        (total / 2, total - total / 2)
    }

    /// Multiply-adds on a map of `size` × `size` pixels.
    pub fn multiply_adds(&self, size: usize) -> usize {
        self.shape().iter().product::<usize>() * size.div_ceil(self.stride).pow(2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_convolution_takes_what_the_one_before_it_gives() {
        for pair in LITE0.convolutions().windows(2) {
            assert_eq!(pair[0].output, pair[1].input, "{} then {}", pair[0].name(), pair[1].name());
        }
    }

    #[test]
    fn lite0_has_the_published_size() {
        let convolutions = LITE0.convolutions();
        let weights: usize = convolutions.iter().map(|c| c.shape().iter().product::<usize>() + c.output).sum();
        let multiply_adds = LITE0.multiply_adds(224);
        assert_eq!(convolutions.len(), 49);
        assert!((3_300_000..3_450_000).contains(&weights), "{weights}");
        assert!((380_000_000..390_000_000).contains(&multiply_adds), "{multiply_adds}");
    }

    #[test]
    fn padding_is_that_of_tensorflow() {
        let pad = |size, kernel, stride| {
            Convolution { place: Place::Stem, input: 1, output: 1, kernel, stride, groups: 1 }.padding(size)
        };
        assert_eq!(pad(224, 3, 2), (0, 1));
        assert_eq!(pad(14, 5, 2), (1, 2));
        assert_eq!(pad(7, 5, 1), (2, 2));
        assert_eq!(pad(225, 3, 2), (1, 1));
        assert_eq!(pad(112, 1, 1), (0, 0));
    }
}
