//! What the course promises, as tests: one binary, a module for each part.

mod analysis;
mod chapter_02;
mod chapter_02_part_2;
mod chapter_02_prep;
mod check;
mod contract;
mod data;
mod figures;
mod integrate;
mod interact;
mod kuramoto;
mod linear;
mod network;
mod phase_plane;
mod quiz;
mod solve_ivp;
mod sweep;
mod tidy;
