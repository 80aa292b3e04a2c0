//! The standard input of the cells: always at its end, and it is known when somebody has read it.
//!
//! It is a datagram socket in which empty messages wait; each is one end of input to who reads it. A place that has become
//! free in the queue means that a cell has read.

use std::io;
use std::os::unix::net::UnixDatagram;

/// More messages than any system keeps waiting.
const MANY: usize = 10_000;

pub struct Input(UnixDatagram);

impl Input {
    /// Gives the cells' end of it, too.
    pub fn new() -> io::Result<(Input, UnixDatagram)> {
        let (ours, theirs) = UnixDatagram::pair()?;
        ours.set_nonblocking(true)?;
        let input = Input(ours);
        input.refill();
        Ok((input, theirs))
    }

    /// Fills the queue; gives whether somebody has read since the last time.
    pub fn refill(&self) -> bool {
        (0..MANY).take_while(|_| self.0.send(&[]).is_ok()).count() > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_is_at_the_end_at_once_each_time_and_is_noticed() {
        let (input, cells) = Input::new().unwrap();
        assert!(!input.refill());
        for _ in 0..3 {
            let mut buffer = [0; 8];
            assert_eq!(cells.recv(&mut buffer).unwrap(), 0);
            assert!(input.refill());
            assert!(!input.refill());
        }
    }
}
