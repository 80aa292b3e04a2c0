use super::*;

fn ids(given: &Given, entries: &[&[&str]], are_persons: bool) -> Vec<String> {
    let entries: Vec<Vec<String>> =
        entries.iter().map(|parts| parts.iter().map(|part| (*part).to_owned()).collect()).collect();
    let entries: Vec<&[String]> = entries.iter().map(Vec::as_slice).collect();
    let names = given.names(&entries, &["02_single_node_dynamics".to_owned()], are_persons);
    names.into_iter().map(|name| name.id).collect()
}

#[test]
fn a_submission_is_called_as_the_table_says() {
    for (given, inside, id) in [
        (Given::archive("class.zip"), vec!["Anna Ek_123_assignsubmission_file_", "x.ipynb"], "Anna Ek_123"),
        (Given::folder("Anna Ek_123_assignsubmission_file_"), vec!["x.ipynb"], "Anna Ek_123"),
        (Given::folder("class"), vec!["ekanna_LATE_12_345_x.ipynb"], "ekanna_12"),
        (Given::folder("class"), vec!["ekanna_12_345_work.zip", "a", "x.ipynb"], "ekanna_12"),
        (Given::archive("g.zip"), vec!["HW_2_1234567_attempt_2026-11-29-10-00-00_x.ipynb"], "HW_2_1234567"),
        (Given::archive("g.zip"), vec!["HW_aek_attempt_2026-11-29-10-00-00_x.zip", "x.ipynb"], "HW_aek"),
        (Given::folder("class"), vec!["my_attempt_2.ipynb"], "my_attempt_2"),
        (Given::folder("class"), vec!["anna.ipynb"], "anna"),
        (Given::folder("class"), vec!["ANNA.IPYNB"], "ANNA"),
        (Given::folder("class"), vec!["anna", "any", "x.ipynb"], "anna"),
        (Given::folder("class"), vec!["anna.zip", "x.ipynb"], "anna"),
        (Given::folder("class"), vec!["anna.ipynb.zip", "anna.ipynb"], "anna"),
        (Given::folder("anna"), vec!["02_single_node_dynamics.ipynb"], "anna"),
        (Given::archive("anna.zip"), vec!["02_single_node_dynamics (1).ipynb"], "anna"),
        (Given::file(""), vec!["02_single_node_dynamics.ipynb"], "02_single_node_dynamics"),
        (Given::archive("class.zip"), vec!["class", "anna.ipynb"], "anna"),
        (Given::folder("class"), vec!["anna_2_3.ipynb"], "anna_2_3"),
        (Given::folder("neuro_2026_11_work"), vec!["anna.ipynb"], "anna"),
        (Given::folder("class"), vec!["anna_2026_11_23", "x.ipynb"], "anna_2026_11_23"),
        (Given::folder("class"), vec!["neuro_2026_11_anna.ipynb"], "neuro_2026_11_anna"),
        (Given::folder("class"), vec!["02_single_node_dynamics_Bo_Li.ipynb"], "Bo_Li"),
        (Given::folder("class"), vec!["02_single_node_dynamics - Åsa.ipynb"], "Åsa"),
        (Given::folder("class"), vec!["02_single_node_dynamics_12345678.ipynb"], "12345678"),
        (Given::folder("class"), vec!["02_single_node_dynamics (Hana Ito).ipynb"], "Hana Ito"),
        (Given::folder("class"), vec!["02_single_node_dynamics_Bo_Li (1).ipynb"], "Bo_Li (1)"),
        (Given::folder("class"), vec!["HW_2_1234560_Anna.ipynb"], "HW_2_1234560_Anna"),
        (Given::folder("anna"), vec!["02_single_node_dynamics-Copy1.ipynb"], "anna"),
        (Given::folder("anna"), vec!["02_single_node_dynamics - Kopie (2).ipynb"], "anna"),
        (Given::folder("anna"), vec!["02_single_node_dynamics_final_v2.ipynb"], "anna"),
    ] {
        assert_eq!(ids(&given, &[&inside], false), [id], "{given:?} {inside:?}");
    }
}

#[test]
fn no_name_is_taken_from_inside_a_learners_own_folder_or_archive() {
    let hostile: [&[&str]; 4] = [
        &["bo", "anna_1_assignsubmission_file_", "x.ipynb"],
        &["bo.zip", "anna_1_assignsubmission_file_", "x.ipynb"],
        &["bo.zip", "anna_12_345_x.ipynb"],
        &["bo.zip", "class", "anna.ipynb"],
    ];
    for inside in hostile {
        assert_eq!(ids(&Given::folder("class"), &[inside, &["cy.ipynb"]], false), ["bo", "cy"], "{inside:?}");
    }
    let platform = ["Bo_2_assignsubmission_file_", "Anna_1_assignsubmission_file_", "x.ipynb"];
    assert_eq!(ids(&Given::archive("class.zip"), &[&platform], false), ["Bo_2"]);
    let own: [&[&str]; 2] = [&["anna_1_assignsubmission_file_", "x.ipynb"], &["mine.ipynb"]];
    assert_eq!(ids(&Given::archive("bo.zip"), &own, true), ["bo", "bo"], "several archives are one each");
}

#[test]
fn the_platforms_number_is_kept_whatever_name_somebody_gave_themselves() {
    // Cut at the limit, the name ends in the number of another person.
    let long = format!("{}_77 and more", "x".repeat(MOST_NAME_BYTES - 3));
    for (entry, end) in [
        (vec![format!("{long}_123_assignsubmission_file_"), "x.ipynb".to_owned()], "_123"),
        (vec![format!("{long}_123_assignsubmission_file_x.ipynb")], "_123"),
        (vec![format!("{long}_12_345_x.ipynb").replace(' ', "")], "_12"),
        (vec!["Bo_5_assignsubmission_file__123_assignsubmission_file_".to_owned(), "x.ipynb".to_owned()], "_123"),
        (vec!["Bo_2_assignsubmission_file_anna_1_assignsubmission_file_.ipynb".to_owned()], "_2"),
    ] {
        let inside: Vec<&str> = entry.iter().map(String::as_str).collect();
        let id = ids(&Given::folder("class"), &[&inside], false).remove(0);
        assert!(id.ends_with(end) && id.len() <= MOST_NAME_BYTES, "{entry:?}: {id}");
    }
    let many = format!("{}_assignsubmission_file_", "1".repeat(MOST_NAME_BYTES));
    assert!(moodle(&format!("bo_{many}"), true).is_none());
}

#[test]
fn the_attempts_of_blackboard_are_one_persons_each_whatever_the_file_is_called() {
    let files: [&[&str]; 5] = [
        &["HW_2_1234567_attempt_2026-11-29-10-00-00_x.ipynb"],
        &["HW_2_2234567_attempt_2026-11-29-10-01-00_HW_2_1234567_attempt_2026-11-29-10-00-00_x.ipynb"],
        &["HW_2_3234567_attempt_2026-11-28-10-00-00_x.ipynb"],
        &["HW_2_3234567_attempt_2026-11-29-10-00-00_y.ipynb"],
        &["HW_2_3234567_attempt_2026-11-29-10-00-00.txt"],
    ];
    let ids = ids(&Given::archive("gradebook.zip"), &files, false);
    assert_eq!(ids, ["HW_2_1234567", "HW_2_2234567", "HW_2_3234567", "HW_2_3234567", "HW_2_3234567"]);
}

#[test]
fn no_name_of_a_file_makes_it_another_persons_whatever_platform_it_imitates() {
    let canvas: [&[&str]; 4] = [
        &["ekanna_12_345_x.ipynb"],
        &["eve_14_348_carl_77_attempt_2026-11-29-10-00-00_x.ipynb"],
        &["mallory_13_347_bobo_99_assignsubmission_x.ipynb"],
        &["mallory_LATE_13_349_bobo_99_assignsubmission_x.zip", "x.ipynb"],
    ];
    let canvas_ids = ["ekanna_12", "eve_14", "mallory_13", "mallory_13"];
    assert_eq!(ids(&Given::archive("submissions.zip"), &canvas, false), canvas_ids);
    for (entry, id) in canvas.iter().zip(canvas_ids) {
        assert_eq!(ids(&Given::archive("late.zip"), &[entry], false), [id], "alone");
        assert_eq!(Given::archive(&entry[0].replace(".ipynb", ".zip")).of_platform().as_deref(), Some(id), "by itself");
    }
    let blackboard: [&[&str]; 2] = [
        &["HW_2_1234567_attempt_2026-11-29-10-00-00_bo_55_assignsubmission_x.ipynb"],
        &["HW_2_2234567_attempt_2026-11-29-10-00-00_bo_55_66_x.ipynb"],
    ];
    assert_eq!(ids(&Given::archive("gradebook.zip"), &blackboard, false), ["HW_2_1234567", "HW_2_2234567"]);
    let moodle: [&[&str]; 2] = [
        &["Anna 5_123_assignsubmission_file_bo_55_66_x.ipynb"],
        &["Bo_7_124_assignsubmission_file_cy_attempt_2026-11-29-10-00-00_x.ipynb"],
    ];
    assert_eq!(ids(&Given::archive("class.zip"), &moodle, false), ["Anna 5_123", "Bo_7_124"]);
}

#[test]
fn files_that_share_a_number_are_not_canvas() {
    let names = ids(&Given::folder("class"), &[&["week_3_1_anna.ipynb"], &["week_3_1_bo.ipynb"]], false);
    assert_eq!(names, ["week_3_1_anna", "week_3_1_bo"]);
}

#[test]
fn an_id_is_a_safe_file_name_in_any_script() {
    for (name, id) in [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("a\u{308}nne", "änne"),
        ("李明", "李明"),
        ("a\u{202e}bpyni", "a_bpyni"),
        ("con", "_con"),
        ("COM1.x", "_COM1.x"),
        ("company", "company"),
        ("-rf", "_rf"),
        ("...", "submission"),
        ("<script>alert(1)</script>", "_script_alert(1)__script_"),
        ("line\nend\0", "line_end_"),
        ("anna\u{ad}", "anna_"),
        ("anna\u{a0}ek", "anna ek"),
        ("\u{61c}an\u{3164}na\u{e0041}", "_an_na_"),
    ] {
        assert_eq!(safe(name), id);
    }
    let long = safe(&"語".repeat(500));
    assert!(long.len() <= MOST_NAME_BYTES && long.starts_with("語語") && long.ends_with("語語"), "{long}");
}

#[test]
fn an_ending_is_cut_without_a_panic_in_any_script() {
    assert_eq!(stem("İ.ipynb"), "İ");
    assert_eq!(stem(".ipynb"), "");
}

#[test]
fn two_long_names_that_differ_anywhere_stay_two() {
    let attempt = |user: &str| format!("{}_{user}_attempt_2026-11-29-10-00-00_x.ipynb", "神".repeat(52));
    let blackboard = [attempt("aek"), attempt("bo_otto"), attempt("cy_otto")];
    let entries: Vec<[&str; 1]> = blackboard.iter().map(|name| [name.as_str()]).collect();
    let entries: Vec<&[&str]> = entries.iter().map(|entry| &entry[..]).collect();
    let ids = ids(&Given::archive("gradebook.zip"), &entries, false);
    for (id, user) in ids.iter().zip(["_aek", "_bo_otto", "_cy_otto"]) {
        assert!(id.ends_with(user) && id.len() <= MOST_NAME_BYTES, "{id}");
    }
    let (start, end) = ("a".repeat(100), "z".repeat(100));
    let names =
        [format!("{start}1{end}"), format!("{start}2{end}"), format!("3{start}{end}"), format!("{start}{end}4")];
    let safe_names: std::collections::BTreeSet<String> = names.iter().map(|name| safe(name)).collect();
    assert_eq!(safe_names.len(), names.len(), "{safe_names:?}");
    for name in &safe_names {
        assert_eq!(safe(name), *name, "a roster that is made of grades.csv names the same people");
    }
    assert!(safe(&names[0]).eq_ignore_ascii_case(&safe(&names[0].to_uppercase())), "as short names, in capitals too");
}

#[test]
fn an_id_follows_from_the_first_names_however_many_folders_are_below_them() {
    let parts = |text: &str| text.split('/').map(str::to_owned).collect::<Vec<_>>();
    for entry in
        ["bo", "bo.zip", "class", "class/bo", "class/bo/x.ipynb", "bo/a/a/a/a/a/a/x.ipynb", "class/bo/a/a/a/a/x.txt"]
    {
        let (given, entry) = (Given::archive("class.zip"), parts(entry));
        let key = given.key(&entry);
        assert_eq!(given.names(&[&key], &[], false), given.names(&[&entry], &[], false), "{entry:?}");
        assert!(key.len() <= 3 && key.concat().len() <= "classbo".len() + 4, "{key:?}");
    }
}
