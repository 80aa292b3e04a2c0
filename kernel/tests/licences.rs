//! What the kernel is compiled of may be used and shared.

#[path = "../../tests/it/licences.rs"]
mod licences;

#[test]
fn every_crate_of_the_kernel_has_a_licence_that_lets_anybody_use_and_share_it() {
    licences::check(&["neurobook-kernel"]);
}
