//! What the chapters of the meetings give to read.

use crate::prose;

#[test]
fn each_of_these_chapters_names_five_papers_with_a_reason_and_a_full_name() {
    for chapter in
        ["01_connectivity", "02_single_node_dynamics", "03_network", "04_fitting", "05_own_data", "06_patient"]
    {
        let source = prose::source(chapter);
        let lines = source.lines().map(|line| line.trim().trim_start_matches("//").trim_start());
        let text = lines.collect::<Vec<&str>>().join("\n");
        let (_, text) = text.split_once("## Five papers to read").unwrap_or_else(|| panic!("{chapter} has none"));
        let (papers, sources) = text.split_once("## Sources and credits").expect("the sources come next");
        let papers = papers.split("%%").next().unwrap_or_default();
        let papers: Vec<String> = papers.split("\n- ").skip(1).map(|paper| paper.replace('\n', " ")).collect();
        assert_eq!(papers.len(), 5, "{chapter}");
        for paper in papers {
            let year = paper.split(|c: char| !c.is_ascii_digit()).find(|number| number.len() == 4).expect("a year");
            let author = paper.split([' ', ',']).next().expect("an author");
            let is_named = paper.contains('*') || {
                let years = sources.match_indices(author).map(|(at, _)| &sources[at..]);
                years.map(|from| from.chars().take(250).collect::<String>()).any(|near| near.contains(year))
            };
            assert!(is_named, "{chapter}: {paper} has no full name below");
            assert!(paper.trim_end().ends_with(['.', '?']) && paper.split(' ').count() > 10, "{chapter}: {paper}");
        }
    }
}
