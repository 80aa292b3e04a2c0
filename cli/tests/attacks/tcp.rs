//! Connects to the network.
//! status: any
//! score: 0

fn order_parameter(phases: &Array1<f64>) -> f64 {
    use std::io::Write;
    let mut word = "no network".to_string();
    for address in ["127.0.0.1:22", "127.0.0.1:8888", "1.1.1.1:53", "[::1]:80"] {
        if let Ok(address) = address.parse() {
            let wait = std::time::Duration::from_millis(100);
            if let Ok(mut stream) = std::net::TcpStream::connect_timeout(&address, wait) {
                let _ = stream.write_all(b"GET / HTTP/1.0\r\n\r\n");
                word = "reached the network".to_string();
            }
        }
    }
    assert_ne!(word, "reached the network");
    0.5
}
