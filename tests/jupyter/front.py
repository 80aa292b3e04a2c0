"""The kernel's front, driven by a real Jupyter client, before a stand-in for the engine that runs Python.

Usage: cargo build -p neurobook-cli --example front_stand_in && cargo run -- python tests/jupyter/front.py [TEST NAME...]
"""
import front_lifetime
import front_messages
import front_neighbours
import front_not_ready
import harness

if __name__ == "__main__":
    harness.run([
        front_not_ready.a_kernel_that_is_not_ready_answers_at_once_and_the_cell_says_what_it_waits_for_and_starts_by_itself,
        front_not_ready.cells_that_wait_run_in_their_order,
        front_not_ready.requests_are_answered_while_the_kernel_is_not_ready,
        front_not_ready.an_interrupt_ends_the_cells_that_wait_and_later_ones_run,
        front_not_ready.an_interrupt_reaches_the_engine_when_it_is_there,
        front_not_ready.a_kernel_that_cannot_be_made_ready_says_why_and_works_when_the_cause_is_gone,
        front_not_ready.an_engine_that_ends_as_it_starts_says_its_last_words_in_the_cell,
        front_neighbours.a_thousand_forged_messages_change_nothing,
        front_neighbours.a_peer_that_speaks_another_language_disturbs_nobody,
        front_neighbours.the_front_serves_files_instead_of_ports,
        front_lifetime.whatever_ends_the_front_ends_all_below_it,
        front_lifetime.the_front_ends_with_the_process_that_started_it,
        front_lifetime.a_restart_gives_an_engine_without_variables,
        front_messages.a_flood_of_output_comes_whole_and_in_order,
        front_messages.what_a_cell_says_comes_in_the_order_of_the_protocol,
        front_messages.an_error_reaches_everybody_and_the_one_who_asked,
        front_messages.run_all_stops_at_the_first_mistake,
        front_messages.a_hundred_mistakes_abort_no_cell_that_comes_after_the_reply,
        front_messages.a_silent_cell_is_not_seen_and_has_no_number,
        front_messages.names_and_documentation_stand_where_jupyter_counts_characters,
        front_messages.history_completeness_and_comms_are_answered_as_the_protocol_says,
        front_messages.an_interrupt_of_an_idle_kernel_changes_nothing,
        front_lifetime.an_engine_that_ends_says_so_in_the_cell_and_the_front_ends_for_jupyter_to_start_it_again,
        front_neighbours.fifty_starts_with_clients_that_come_and_go_all_answer,
        front_messages.a_message_is_hardly_later_through_the_front,
        front_messages.an_engine_that_is_ready_starts_no_later_behind_the_front,
    ])
