//! What one cell has shown, up to a bound: a loop that shows a figure in each turn ends, and so does its output.

use crate::figure::raster::Raster;

/// A cell shows this many things.
pub(crate) const MOST: usize = 30;

/// This many of them in pixels, each of which is sent again with the next one.
const MOST_PICTURES: usize = 8;

/// And about this many bytes of HTML; what a single call shows may be longer.
const MOST_BYTES: usize = 20_000_000;

/// One thing that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Output {
    /// For a page.
    pub html: String,
    /// In words, for readers and exports that show no HTML; may be empty.
    pub text: String,
    /// In pixels, for exports that show neither.
    pub raster: Option<Raster>,
}

/// All that a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gathered {
    pub html: String,
    pub text: String,
    /// The pictures below each other.
    pub raster: Option<Raster>,
    pictures: usize,
    count: usize,
    full: bool,
}

impl Gathered {
    /// What a cell has shown when it begins.
    pub const NOTHING: Gathered =
        Gathered { html: String::new(), text: String::new(), raster: None, pictures: 0, count: 0, full: false };

    /// Adds an output, or the sentence that there is no more room; false where even that has been said.
    pub fn add(&mut self, output: &Output) -> bool {
        if self.full {
            return false;
        }
        self.full = self.count >= MOST || self.html.len() > MOST_BYTES;
        if self.full {
            self.close(&no_more_room(self.count));
        } else {
            self.count += 1;
            self.close(output);
        }
        true
    }

    /// Adds what is last, whether there is room or not.
    pub fn close(&mut self, output: &Output) {
        for (all, one) in [(&mut self.html, &output.html), (&mut self.text, &output.text)] {
            if !one.trim().is_empty() {
                all.push_str(one.trim_end());
                all.push('\n');
            }
        }
        let Some(raster) = output.raster.as_ref().filter(|_| self.pictures < MOST_PICTURES) else { return };
        self.pictures += 1;
        match &mut self.raster {
            Some(all) => all.append(raster),
            None => self.raster = Some(raster.clone()),
        }
    }
}

fn no_more_room(count: usize) -> Output {
    let text = format!(
        "The cell shows more, but only the first {count} are here: show fewer, put what belongs together into one \
         figure, or let a slider choose."
    );
    Output { html: format!("<p role=\"status\">{text}</p>"), text, raster: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(number: usize) -> Output {
        Output { html: format!("<b>{number}</b>"), text: number.to_string(), raster: None }
    }

    #[test]
    fn a_long_loop_shows_its_first_turns_in_order_and_one_sentence() {
        let mut gathered = Gathered::NOTHING;
        let sent = (0..2000).filter(|number| gathered.add(&output(*number))).count();
        assert_eq!(sent, MOST + 1, "each time all of it is sent again");
        let lines: Vec<&str> = gathered.html.lines().collect();
        assert_eq!((lines[0], lines[MOST - 1]), ("<b>0</b>", "<b>29</b>"));
        assert!(lines[MOST].contains("only the first 30 are here") && lines.len() == MOST + 1);
        assert_eq!(gathered.text.lines().count(), MOST + 1);
    }

    #[test]
    fn a_panic_is_told_also_where_there_is_no_more_room() {
        let mut gathered = Gathered::NOTHING;
        (0..40).for_each(|number| {
            gathered.add(&output(number));
        });
        gathered.close(&Output { html: "<div>stopped</div>".into(), text: "stopped".into(), raster: None });
        assert!(gathered.html.ends_with("<div>stopped</div>\n") && gathered.text.ends_with("stopped\n"));
    }
}
