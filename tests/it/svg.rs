//! Reads the lines of a picture back.

/// Unbroken stretches of points.
pub type Runs = Vec<Vec<(i64, i64)>>;

/// The paths of the SVG: attributes and points.
pub fn paths(svg: &str) -> Vec<(String, Runs)> {
    let parts = svg.split("<path ").skip(1).filter_map(|part| part.split_once(" d=\""));
    parts.map(|(look, rest)| (look.to_owned(), runs(rest.split('"').next().unwrap_or("")))).collect()
}

fn runs(d: &str) -> Runs {
    let mut at = (0, 0);
    let run = |text: &str| {
        let spaced = text.replace("h0", "").replace('l', " ").replace('-', " -");
        let numbers: Vec<i64> = spaced.split_whitespace().map(|number| number.parse().expect("a number")).collect();
        let steps = numbers.chunks(2).map(|step| {
            at = (at.0 + step[0], at.1 + step[1]);
            at
        });
        steps.collect()
    };
    d.split('m').skip(1).map(run).collect()
}
