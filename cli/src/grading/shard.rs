//! A part of a run that is spread over machines: `--shard i/n`, or what a scheduler's array says.

use std::env;
use std::str::FromStr;

use anyhow::{Context, Result, ensure};

/// Every n-th submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Counted from 0.
    index: usize,
    count: usize,
}

impl Shard {
    /// All submissions.
    pub const WHOLE: Shard = Shard { index: 0, count: 1 };

    /// What the scheduler says, if one started this process.
    pub fn from_environment() -> Result<Option<Shard>> {
        Shard::from_variables(|name| env::var(name).ok().filter(|value| !value.trim().is_empty()))
    }

    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Option<Shard>> {
        let number = |name: &str| -> Result<Option<usize>> {
            let Some(text) = variable(name) else { return Ok(None) };
            let number = text.trim().parse();
            number.map(Some).with_context(|| format!("{name} is `{text}`, which is not a number: give --shard i/n"))
        };
        if let Some(task) = number("SLURM_ARRAY_TASK_ID")? {
            // Without it each task would take the whole for its part.
            let count = number("SLURM_ARRAY_TASK_COUNT")?
                .context("SLURM_ARRAY_TASK_ID is set, SLURM_ARRAY_TASK_COUNT is not: give --shard i/n")?;
            let first = number("SLURM_ARRAY_TASK_MIN")?.unwrap_or(0);
            let step = number("SLURM_ARRAY_TASK_STEP")?.unwrap_or(1).max(1);
            let index = task.checked_sub(first).map(|beyond| beyond / step);
            return match index {
                Some(index) if index < count => Ok(Some(Shard { index, count })),
                _ => anyhow::bail!(
                    "the Slurm array is not a plain range: task {task} is not one of {count} from {first} on. \
                     Use --array=0-{}, or give --shard i/n",
                    count.saturating_sub(1)
                ),
            };
        }
        if let Some(index) = number("JOB_COMPLETION_INDEX")? {
            let count = number("JOB_COMPLETIONS")?.context(
                "JOB_COMPLETION_INDEX is set, JOB_COMPLETIONS is not: set it to the job's `completions`, \
                 or give --shard i/n",
            )?;
            ensure!(
                index < count,
                "JOB_COMPLETION_INDEX is {index}, but JOB_COMPLETIONS is {count}: \
                 indexes are counted from 0"
            );
            return Ok(Some(Shard { index, count }));
        }
        Ok(None)
    }

    /// Whether this is all there is.
    pub fn is_whole(self) -> bool {
        self.count == 1
    }

    /// Whether the submission at this place of the sorted list is this shard's.
    pub fn holds(self, place: usize) -> bool {
        place % self.count == self.index
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}/{}", self.index + 1, self.count)
    }
}

impl FromStr for Shard {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Shard> {
        let parts = text
            .split_once('/')
            .and_then(|(part, count)| Some((part.trim().parse::<usize>().ok()?, count.trim().parse::<usize>().ok()?)));
        let (part, count) = parts.context("write a shard as 2/4: the second of four")?;
        ensure!(
            (1..=count).contains(&part),
            "there is no shard {part} of {count}: shards are counted from 1 to {count}"
        );
        Ok(Shard { index: part - 1, count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(variables: &[(&str, &str)]) -> Result<Option<Shard>> {
        Shard::from_variables(|name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string()))
    }

    #[test]
    fn a_shard_is_written_from_one_on() {
        assert_eq!("2/4".parse::<Shard>().unwrap(), Shard { index: 1, count: 4 });
        for wrong in ["0/4", "5/4", "1/0", "1", "a/b", "-1/4"] {
            assert!(wrong.parse::<Shard>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn every_submission_is_in_exactly_one_shard() {
        let shards: Vec<Shard> = (1..=3).map(|part| format!("{part}/3").parse().unwrap()).collect();
        for place in 0..10 {
            assert_eq!(shards.iter().filter(|shard| shard.holds(place)).count(), 1);
        }
    }

    #[test]
    fn schedulers_name_the_shard() {
        let slurm =
            |id, min| [("SLURM_ARRAY_TASK_ID", id), ("SLURM_ARRAY_TASK_COUNT", "4"), ("SLURM_ARRAY_TASK_MIN", min)];
        assert_eq!(from(&slurm("1", "1")).unwrap(), Some(Shard { index: 0, count: 4 }));
        assert_eq!(from(&slurm("3", "0")).unwrap(), Some(Shard { index: 3, count: 4 }));
        assert!(from(&slurm("9", "0")[..1]).unwrap_err().to_string().contains("--shard"));
        assert!(from(&slurm("9", "0")).unwrap_err().to_string().contains("--array=0-3"));
        let by_ten = [
            ("SLURM_ARRAY_TASK_ID", "20"),
            ("SLURM_ARRAY_TASK_COUNT", "3"),
            ("SLURM_ARRAY_TASK_MIN", "0"),
            ("SLURM_ARRAY_TASK_STEP", "10"),
        ];
        assert_eq!(from(&by_ten).unwrap(), Some(Shard { index: 2, count: 3 }));
        let kubernetes = [("JOB_COMPLETION_INDEX", "0"), ("JOB_COMPLETIONS", "2")];
        assert_eq!(from(&kubernetes).unwrap(), Some(Shard { index: 0, count: 2 }));
        assert!(from(&kubernetes[..1]).unwrap_err().to_string().contains("JOB_COMPLETIONS"));
        assert_eq!(from(&[]).unwrap(), None);
    }
}
