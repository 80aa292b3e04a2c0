//! Sines and cosines of wrapped phases, for many nodes at a time.
//!
//! The system's own functions take one number at a time, differ between platforms in their last bit,
//! and cost more than all couplings of a small network. These have no branch, so that a loop over
//! nodes becomes vector code, and give the same bits everywhere.

use std::f64::consts::{FRAC_2_PI, TAU};

/// Adding and subtracting it rounds a small number to an integer, which is then in the low bits.
const ROUND: f64 = 6_755_399_441_055_744.0;

/// π/2 in two parts; the first has so few bits that its small multiples are exact.
const HALF_PI: f64 = 1.570_796_326_734_125_6;
const HALF_PI_REST: f64 = 6.077_100_506_506_192e-11;

const SIGN: u64 = 1 << 63;

/// Sine and cosine of a phase between 0 and 2π, each to about a unit in the last place.
///
/// The phase is brought to the nearest multiple of π/2; what is left goes through the minimax
/// polynomials of FreeBSD's msun (`k_sin.c`, `k_cos.c`).
#[inline(always)]
pub(super) fn sin_cos(phase: f64) -> (f64, f64) {
    let shifted = phase * FRAC_2_PI + ROUND;
    let quarter = shifted.to_bits();
    let quarters = shifted - ROUND;
    let r = (phase - quarters * HALF_PI) - quarters * HALF_PI_REST;
    let z = r * r;
    let s = r + r
        * z
        * (-1.666_666_666_666_663_2e-1
            + z * (8.333_333_333_322_49e-3
                + z * (-1.984_126_982_985_795e-4
                    + z * (2.755_731_370_707_006_8e-6
                        + z * (-2.505_076_025_340_686_3e-8 + z * 1.589_690_995_211_55e-10)))));
    let c = 1.0 - 0.5 * z
        + z * z
            * (4.166_666_666_666_66e-2
                + z * (-1.388_888_888_887_411e-3
                    + z * (2.480_158_728_947_673e-5
                        + z * (-2.755_731_435_139_066_3e-7
                            + z * (2.087_572_321_298_175e-9 + z * -1.135_964_755_778_819_5e-11)))));
    // Odd quarters swap sine and cosine; the sine is negative in quarters 2 and 3, the cosine in 1 and 2.
    let odd = 0_u64.wrapping_sub(quarter & 1);
    let (s, c) = (s.to_bits(), c.to_bits());
    let sine = ((s & !odd) | (c & odd)) ^ ((quarter << 62) & SIGN);
    let cosine = ((c & !odd) | (s & odd)) ^ ((quarter.wrapping_add(1) << 62) & SIGN);
    (f64::from_bits(sine), f64::from_bits(cosine))
}

/// The largest angle that [`rotate`] turns by without losing a digit.
pub(super) const SMALL_ANGLE: f64 = 0.1;

/// Sine and cosine of a phase that has advanced by a small angle, by Taylor's series of the angle. The
/// error of a unit in the last place adds up over calls.
#[inline(always)]
pub(super) fn rotate(sine: f64, cosine: f64, angle: f64) -> (f64, f64) {
    let z = angle * angle;
    let s = angle - angle * z * (1.0 / 6.0 - z * (1.0 / 120.0 - z * (1.0 / 5_040.0 - z * (1.0 / 362_880.0))));
    let less = z * (0.5 - z * (1.0 / 24.0 - z * (1.0 / 720.0 - z * (1.0 / 40_320.0))));
    (sine + (cosine * s - sine * less), cosine - (sine * s + cosine * less))
}

/// A phase in `[0, 2π)`, and how many turns were taken off.
#[inline(always)]
pub(super) fn wrap(phase: f64) -> (f64, f64) {
    let turns = (phase * (1.0 / TAU) - 0.5 + ROUND) - ROUND;
    let rest = phase - turns * TAU;
    // Where the phase is near a whole turn the estimate may be one too small or, by a last bit, too large.
    let rest = if rest < 0.0 { 0.0 } else { rest };
    if rest >= TAU { (rest - TAU, turns + 1.0) } else { (rest, turns) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sine_and_cosine_are_those_of_the_system_to_a_unit_in_the_last_place() {
        for k in 0..1_000_000 {
            let phase = TAU * f64::from(k) / 1e6;
            let (s, c) = sin_cos(phase);
            assert!((s - phase.sin()).abs() < 2.3e-16 && (c - phase.cos()).abs() < 2.3e-16, "{phase}");
        }
        assert_eq!(sin_cos(0.0), (0.0, 1.0));
    }

    #[test]
    fn rotating_32_times_keeps_the_sine_to_a_few_units_in_the_last_place() {
        for k in 0..2_000 {
            let angle = SMALL_ANGLE * (f64::from(k) / 1e3 - 1.0);
            let mut pair = sin_cos(1.0);
            for turn in 1..=32 {
                pair = rotate(pair.0, pair.1, angle);
                let exact = (1.0 + f64::from(turn) * angle).sin_cos();
                assert!((pair.0 - exact.0).abs() < 4e-15 && (pair.1 - exact.1).abs() < 4e-15, "{angle}");
            }
        }
    }

    #[test]
    fn a_wrapped_phase_lies_in_one_turn_and_its_turns_are_whole() {
        for k in -100_000..100_000 {
            let phase = f64::from(k) * 1e-3;
            let (rest, turns) = wrap(phase);
            assert!((0.0..TAU).contains(&rest) && turns.fract() == 0.0, "{phase}");
            assert!((rest + turns * TAU - phase).abs() < 1e-13, "{phase}");
        }
        for near in [TAU, -TAU, -1e-17, -1e-300, 3.0 * TAU, TAU.next_down(), TAU.next_up()] {
            assert!((0.0..TAU).contains(&wrap(near).0), "{near}");
        }
        assert!(wrap(f64::NAN).0.is_nan() && !(0.0..TAU).contains(&wrap(f64::INFINITY).0));
    }
}
