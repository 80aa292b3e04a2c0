//! Takes all memory.
//! status: memory
//! score: 0
//! says: memory

fn order_parameter(phases: &Array1<f64>) -> f64 {
    let mut all: Vec<Vec<u8>> = Vec::new();
    loop {
        all.push(vec![1; 1 << 24]);
        std::hint::black_box(&all);
    }
}
