//! Prints what a page might take for its own.
//! status: graded
//! score: 0

fn order_parameter(phases: &Array1<f64>) -> f64 {
    panic!("</pre><script>document.title = 'forged'</script><img src=x onerror=alert(1)>")
}
