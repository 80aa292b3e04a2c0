//! A table of people who do not exist.

use crate::noise::Purpose;
use rand::RngExt;
use rand_distr::StandardNormal;
use rand_pcg::Pcg64;
use std::fmt::Write as _;

const PEOPLE: usize = 48;

/// The first half is young.
const YOUNG: usize = PEOPLE / 2;

/// Ages from here on are given as this and a plus.
const OLDEST_TOLD: f64 = 89.0;

/// Whose sex is blank.
const SEX_BLANK: usize = 16;

/// Whose age is above [`OLDEST_TOLD`].
const VERY_OLD: usize = 40;

/// The table: tabs between the values, blanks where nobody asked, and one age that is not told.
pub(super) fn table() -> String {
    let mut generator = Purpose::Simulation.generator(4, 0);
    let mut text = String::from("participant_id\tsex\tgroup\tage\teducation\n");
    for person in 0..PEOPLE {
        let sex = if generator.random::<f64>() < 0.55 { "F" } else { "M" };
        let (group, mean, deviation) = if person < YOUNG { ("young", 22.2, 3.0) } else { ("old", 76.6, 6.0) };
        let age = around(&mut generator, mean, deviation).clamp(mean - 2.0 * deviation, OLDEST_TOLD - 1.0);
        let education = around(&mut generator, 15.5, 2.0).round();
        let sex = if person == SEX_BLANK { "" } else { sex };
        let age = if person == VERY_OLD { format!("{OLDEST_TOLD}+") } else { format!("{}", age.round()) };
        // Every fifth was not asked.
        let education = if person % 5 == 3 { String::new() } else { format!("{education}") };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "sub-{:02}\t{sex}\t{group}\t{age}\t{education}", person + 1);
    }
    text
}

fn around(generator: &mut Pcg64, mean: f64, deviation: f64) -> f64 {
    mean + deviation * generator.sample::<f64, _>(StandardNormal)
}
