//! What the course promises, as tests: one binary, a module for each part.

mod analysis;
mod bifurcations;
mod bold;
mod chapter_02;
mod chapter_02_part_2;
mod chapter_02_prep;
mod check;
mod check_part_2;
mod connectivity;
mod contract;
mod data;
mod figures;
mod findings;
mod hopf;
mod integrate;
mod interact;
mod kuramoto;
mod linear;
mod network;
mod networks;
mod phase_plane;
mod quiz;
mod solve_ivp;
mod sweep;
mod tidy;
