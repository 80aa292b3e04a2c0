//! The noise of a run.

use ndarray::Array2;
use rand::RngExt;
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;

use super::sums::BLOCK;

/// Noise with a memory, independent for each row of the states: `η ← decay η + diffusion ξ` after each step.
#[derive(Debug, Clone)]
pub(in crate::models) struct NodeNoise {
    decay: f64,
    diffusion: f64,
    values: Vec<f64>,
    generators: Vec<Pcg64>,
    /// Standard normal numbers of the block: `[step * rows + row]`.
    normals: Vec<f64>,
}

impl NodeNoise {
    /// The noise of as many rows as there are generators, 0 at the start.
    pub fn new((decay, diffusion): (f64, f64), generators: Vec<Pcg64>) -> NodeNoise {
        let rows = generators.len();
        NodeNoise { decay, diffusion, values: vec![0.0; rows], generators, normals: vec![0.0; BLOCK * rows] }
    }

    /// Whether there is any.
    pub fn is_present(&self) -> bool {
        self.diffusion > 0.0
    }

    /// The present noise, one number for each row.
    #[inline]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The standard normal numbers of a block: those that are given, from a column on, or each row's from
    /// its own generator.
    pub fn draw(&mut self, count: usize, given: Option<(&Array2<f64>, usize)>) {
        let rows = self.values.len();
        if let Some((given, first)) = given {
            for step in 0..count {
                let column = given.column(first + step);
                self.normals[step * rows..][..rows].iter_mut().zip(column).for_each(|(to, from)| *to = *from);
            }
        } else if self.diffusion > 0.0 {
            // Rows in the inner loop: the processor draws for several generators at the same time, while a
            // draw from one generator waits for the one before.
            for normals in self.normals.chunks_exact_mut(rows).take(count) {
                for (normal, generator) in normals.iter_mut().zip(&mut self.generators) {
                    *normal = generator.sample(StandardNormal);
                }
            }
        }
    }

    /// Updates the noise after a step of the block.
    #[inline]
    pub fn step(&mut self, step: usize) {
        if self.diffusion == 0.0 {
            return;
        }
        let normals = &self.normals[step * self.values.len()..];
        for (value, normal) in self.values.iter_mut().zip(normals) {
            *value = self.decay * *value + self.diffusion * normal;
        }
    }
}
