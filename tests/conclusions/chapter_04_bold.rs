//! What chapter 4 says of BOLD, over several seeds and in a long run.

use crate::brain::{brain, likeness, mean_and_deviation};
use crate::prose;
use neurobook::analysis::functional_connectivity;
use neurobook::prelude::*;

#[track_caller]
fn stated(phrase: &str) {
    prose::says("04_fitting", phrase);
}

/// The likeness of the FC of `x` with that of BOLD from `x` and from the size, and of the FC of the size with the latter. The
/// chapter's step is divided by `finer`.
fn likenesses(seed: u64, seconds: usize, finer: usize) -> [f64; 3] {
    let chapters = brain(0.06, 0.8, seed);
    let mut run = HopfNetwork { dt: chapters.dt / finer as f64, ..chapters }.start().unwrap();
    run.advance(1000.0).unwrap();
    let mut x = Array2::zeros((16, 1000 * seconds));
    let mut size = x.clone();
    for second in 0..seconds {
        let piece = run.advance(1000.0).unwrap().every(5 * finer);
        let (now_x, now_y) = (piece.nodes("x").unwrap(), piece.nodes("y").unwrap());
        let columns = 1000 * second..1000 * (second + 1);
        x.slice_mut(s![.., columns.clone()]).assign(&now_x.slice(s![.., ..1000]));
        let now = (&now_x * &now_x + &now_y * &now_y).mapv(f64::sqrt);
        size.slice_mut(s![.., columns]).assign(&now.slice(s![.., ..1000]));
    }
    let bold = |input: Array2<f64>| {
        let input = Trajectory::from_series(input, 1.0).unwrap();
        functional_connectivity(&BalloonWindkessel::default().simulate(&input).unwrap().after(20.0).states)
    };
    let (of_x, of_size) = (functional_connectivity(&x), functional_connectivity(&size));
    let (from_x, from_size) = (bold(x.mapv(|x| 4.0 * (x + 1.0))), bold(size));
    [likeness(&of_x, &from_x), likeness(&of_x, &from_size), likeness(&of_size, &from_size)]
}

#[test]
fn bold_from_x_has_the_opposite_connectivity_and_bold_from_the_size_carries_it() {
    let seeds = sweep(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], |seed| likenesses(seed as u64, 300, 1));
    let of = |which: usize| mean_and_deviation(&seeds.iter().map(|all| all[which]).collect::<Vec<f64>>());
    stated(&format!("with the opposite sign: {:.2} on average over five minutes", of(0).0));
    stated(&format!("carry connectivity into BOLD ({:.2})", of(1).0));
    assert!(seeds.iter().all(|all| all[0] < 0.0 && all[1] > 0.5 && all[1] < 0.85), "{seeds:?}");
    let [from_x, from_size, _] = likenesses(1, 300, 2);
    assert!(from_x < 0.0 && from_size > 0.5 && from_size < 0.85, "at half the step: {from_x}, {from_size}");
    stated("About 0.7 to 0.8, with everything else perfect");
    let long = likenesses(1, 1500, 1);
    stated(&format!("one long run of 25 minutes: {:.2}.", long[0]));
    stated(&format!("the same long run gives {:.2}", long[1]));
    stated(&format!("Over 25 minutes the two are alike to {:.2}.", long[2]));
    assert!(long[0] < of(0).0 - 2.0 * of(0).1, "more sure of its sign");
    stated("five minutes are 140 volumes");
}

#[test]
fn the_answer_to_a_short_burst_peaks_after_3_1_seconds_and_neurolibs_input_is_far_too_much() {
    let mut burst = Array2::zeros((1, 300_000));
    burst.slice_mut(s![.., ..1000]).fill(1.0);
    let vessels = BalloonWindkessel { repetition_time: 0.01, ..BalloonWindkessel::default() };
    let bold = vessels.simulate(&Trajectory::from_series(burst, 0.1).unwrap()).unwrap();
    let highest =
        (0..bold.len()).fold(0, |best, k| if bold.states[[0, k]] > bold.states[[0, best]] { k } else { best });
    stated(&format!("peaks {:.1} s later", bold.times[highest]));
    stated(&format!("lets {:.1} times as much blood in", 1.0 + 4.0 / vessels.autoregulation));
}
