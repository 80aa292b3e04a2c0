//! Figures in a page: a notebook holds them as images, with a script that puts the picture in place. A page that we make
//! holds the picture itself, which has the page's colours, is shorter, and needs no script.

use crate::support::address::percent_decoded;

/// How the image of a figure begins in what a notebook holds.
const IMAGE: &str = "<img class=\"neurobook-figure\" ";
/// How its source begins.
const SOURCE: &str = "src=\"data:image/svg+xml,";
/// Which scripts are behind an image and only put its picture in place.
const SCRIPT: (&str, &str) = ("<script>(function(){const here=document.currentScript;const within=", "</script>");
/// What the file of a figure has that a picture in a page does not: its colour and its ground.
const COLOR: &str = " color=\"#000\"";
const GROUND: &str = "<rect width=\"100%\" height=\"100%\" fill=\"#fff\" stroke=\"none\"/>";

/// The HTML with the picture itself in place of each figure's image.
pub(super) fn inlined(html: &str) -> String {
    let mut page = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find(IMAGE) {
        page.push_str(&rest[..start]);
        rest = &rest[start..];
        match picture(rest) {
            Some((svg, behind)) => {
                page.push_str(&svg);
                rest = without_script(behind);
            }
            None => {
                page.push_str(IMAGE);
                rest = &rest[IMAGE.len()..];
            }
        }
    }
    page.push_str(rest);
    page
}

/// The picture of the image with which the HTML begins, and what is behind the image.
fn picture(html: &str) -> Option<(String, &str)> {
    let source = html.find(SOURCE)? + SOURCE.len();
    let end = source + html[source..].find('"')?;
    let behind = html[end..].strip_prefix("\">")?;
    // In its words quotes are entities, so these are around attributes.
    let file = String::from_utf8(percent_decoded(&html[source..end])?).ok()?.replace('\'', "\"");
    file.starts_with("<svg").then(|| (file.replacen(COLOR, "", 1).replacen(GROUND, "", 1), behind))
}

fn without_script(html: &str) -> &str {
    let script = html.starts_with(SCRIPT.0).then(|| html.find(SCRIPT.1)).flatten();
    script.map_or(html, |end| &html[end + SCRIPT.1.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_holds_the_picture_itself_in_the_pages_colours() {
        let image = "<p>a</p><img class=\"neurobook-figure\" alt=\"x > y\" width=\"9\" src=\"data:image/svg+xml,\
                     %3Csvg fill='currentColor' color='%23000'%3E%3Crect width='100%25' height='100%25' fill='%23fff' stroke='none'/%3E\
                     %3Ctext%3E5 %25 π %26amp;%3C/text%3E%3C/svg%3E\"><script>(function(){const here=document.currentScript;const within=1})();</script><p>b</p>";
        assert_eq!(inlined(image), "<p>a</p><svg fill=\"currentColor\"><text>5 % π &amp;</text></svg><p>b</p>");
    }

    #[test]
    fn other_images_and_scripts_stay_as_they_are() {
        for html in [
            "<img src=\"a.png\">",
            "<img class=\"neurobook-figure\" src=\"data:image/svg+xml,%3\">",
            "<script>1</script>",
        ] {
            assert_eq!(inlined(html), html);
        }
    }
}
