//! What the course promises, as tests: one binary, a module for each part.

mod analysis;
mod chapter_00;
mod chapter_02;
mod chapter_02_part_2;
mod chapter_02_prep;
mod check;
mod contract;
mod data;
mod figures;
mod heat_map;
mod integrate;
mod interact;
mod kuramoto;
mod kuramoto_limits;
mod kuramoto_order;
mod linear;
mod network;
mod phase_plane;
mod phases;
mod quiz;
mod solve_ivp;
mod svg;
mod sweep;
mod tidy;
