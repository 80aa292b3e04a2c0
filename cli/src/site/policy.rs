//! Pages that a server may send under the Content-Security-Policy `default-src 'self'`, as many institutions' do: no script,
//! style or picture is in a page itself; each is a file beside it. What cells have shown is rewritten so, whatever
//! it is. All of it works from a file and in a frame without an origin, too, because nothing is fetched by a script.
//!
//! ```text
//! tags     the page as tags and what is between them
//! files    what is in files, each named after its content
//! sliders  the packed pictures of a figure with sliders
//! ```

mod files;
mod sliders;
mod tags;

pub use files::Files;
use files::STYLES;
use sliders::Sliders;
use tags::{Attribute, Piece, Tag};

/// The attributes that load what their address holds.
const LOADING: [&str; 5] = ["src", "href", "xlink:href", "poster", "data"];
/// Where an address is for whoever clicks.
const LINKS: [&str; 2] = ["a", "area"];
/// What a script says of its kind, if anything. All else is data, which no policy forbids.
const SCRIPTS: [&str; 4] = ["", "text/javascript", "application/javascript", "module"];

/// The page with all that it would hold itself in files.
pub fn obey(html: &str, files: &mut Files) -> String {
    let mut page = Page::new(files);
    for piece in tags::pieces(html) {
        match piece {
            Piece::Other(text) => page.html.push_str(text),
            Piece::Tag(tag) => {
                let tag = page.tag(&tag);
                page.html.push_str(&tag);
            }
            Piece::Raw { tag, content } if tag.is("style") => page.style(&tag, content),
            Piece::Raw { tag, content } => page.script(&tag, content),
        }
    }
    page.finished()
}

/// The markup of a picture that a script puts into the page.
fn markup(html: &str, files: &mut Files) -> String {
    let mut page = Page::new(files);
    for piece in tags::pieces(html) {
        let piece = match &piece {
            Piece::Other(text) => (*text).to_owned(),
            Piece::Tag(tag) => page.tag(tag),
            Piece::Raw { tag, content } => format!("{}{content}</{}>", tag.source, tag.name),
        };
        page.html.push_str(&piece);
    }
    page.html
}

/// A page that is being rewritten.
struct Page<'a> {
    files: &'a mut Files,
    html: String,
    /// Its links to style sheets, in order.
    styles: Vec<String>,
    /// The scripts that several figures share.
    common: Vec<String>,
    /// What happens at an event: attribute, class and code.
    handlers: Vec<(String, String, String)>,
}

impl<'a> Page<'a> {
    fn new(files: &'a mut Files) -> Page<'a> {
        Page { files, html: String::new(), styles: Vec::new(), common: Vec::new(), handlers: Vec::new() }
    }

    /// A tag without styles, code and files in its attributes.
    fn tag(&mut self, tag: &Tag) -> String {
        let disobeys = |attribute: &Attribute| {
            attribute.is("style") || is_handler(attribute) || LOADING.iter().any(|name| attribute.is(name))
        };
        if !tag.attributes.iter().any(disobeys) {
            return tag.source.to_owned();
        }
        let mut classes = Vec::new();
        let mut attributes = Vec::new();
        for attribute in &tag.attributes {
            if attribute.is("style") {
                classes.push(self.files.class(attribute.value()));
                self.link(STYLES, None);
            } else if is_handler(attribute) {
                let class = format!("neurobook-{}", files::key(attribute.value().as_bytes()));
                let handler = (attribute.name.to_ascii_lowercase(), class.clone(), attribute.value().to_owned());
                classes.push(class);
                if !self.handlers.contains(&handler) {
                    self.handlers.push(handler);
                }
            } else if LOADING.iter().any(|name| attribute.is(name)) && !LINKS.iter().any(|name| tag.is(name)) {
                let file = self.files.add_address(attribute.value());
                let loads = file.map(|file| Attribute::new(attribute.name, Some(file)));
                attributes.push(loads.unwrap_or_else(|| attribute.clone()));
            } else {
                attributes.push(attribute.clone());
            }
        }
        if attributes == tag.attributes {
            return tag.source.to_owned();
        }
        if !classes.is_empty() {
            let own = attributes.iter().position(|attribute| attribute.is("class"));
            let own = own.map(|at| attributes.remove(at)).and_then(|own| own.value);
            let value = own.into_iter().chain(classes).collect::<Vec<_>>().join(" ");
            attributes.push(Attribute::new("class", Some(value)));
        }
        tag.with(&attributes)
    }

    fn style(&mut self, tag: &Tag, css: &str) {
        let sheet = self.files.add_style_sheet(css);
        self.link(&sheet, tag.get("media"));
    }

    /// Links to a style sheet once.
    fn link(&mut self, sheet: &str, media: Option<&str>) {
        let link = maud::html! { link rel="stylesheet" href=(sheet) media=[media]; }.into_string();
        if !self.styles.contains(&link) {
            self.styles.push(link);
        }
    }

    fn script(&mut self, tag: &Tag, code: &str) {
        let kind = tag.get("type").unwrap_or_default().trim().to_ascii_lowercase();
        if tag.get("src").is_some() || !SCRIPTS.contains(&kind.as_str()) {
            let tag = self.tag(tag);
            self.html.extend([&tag, code, "</script>"]);
            return;
        }
        match sliders::files(code, self.files, markup) {
            Some(Sliders { common, own }) => {
                // The pictures that come later may have styles which the first one has not.
                self.link(STYLES, None);
                if !self.common.contains(&common) {
                    self.link_script(tag, &common);
                    self.common.push(common);
                }
                self.link_script(tag, &own);
            }
            None => {
                let name = self.files.add(code.as_bytes(), "js");
                self.link_script(tag, &name);
            }
        }
    }

    fn link_script(&mut self, tag: &Tag, name: &str) {
        let own = tag.attributes.iter().filter(|attribute| !attribute.is("defer") && !attribute.is("async"));
        // In their order, when the page is there.
        let new = [Attribute::new("src", Some(name.to_owned())), Attribute::new("defer", None)];
        let attributes: Vec<Attribute> = own.cloned().chain(new).collect();
        self.html.extend([&tag.with(&attributes), "</script>"]);
    }

    /// The page with the links and the script that it needs.
    fn finished(mut self) -> String {
        if !self.handlers.is_empty() {
            let handlers: Vec<String> = self.handlers.iter().map(handler).collect();
            let name = self.files.add(handlers.concat().as_bytes(), "js");
            self.styles.push(format!("<script src=\"{name}\" defer></script>"));
        }
        self.html.replacen("</head>", &format!("{}</head>", self.styles.concat()), 1)
    }
}

fn is_handler(attribute: &Attribute) -> bool {
    attribute.name.get(..2).is_some_and(|name| name.eq_ignore_ascii_case("on"))
}

fn handler((event, class, code): &(String, String, String)) -> String {
    format!(
        "for (const element of document.getElementsByClassName(\"{class}\")) element.{event} = function (event) {{\n{code}\n}};\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use neurobook::ndarray::array;
    use neurobook::{Figure, Slider, interact, quiz};

    /// What the policy forbids in a page.
    fn forbidden(html: &str) -> Vec<String> {
        let mut found = Vec::new();
        for piece in tags::pieces(html) {
            let (tag, content) = match &piece {
                Piece::Other(_) => continue,
                Piece::Tag(tag) => (tag, ""),
                Piece::Raw { tag, content } => (tag, *content),
            };
            let loads = |name: &str| tag.get(name).is_some_and(|address| address.starts_with("data:"));
            if tag.is("style") || !content.is_empty() || LOADING.iter().any(|name| loads(name)) {
                found.push(tag.source.to_owned());
            }
            found.extend(
                tag.attributes.iter().filter(|one| one.is("style") || is_handler(one)).map(|one| one.name.into()),
            );
        }
        found
    }

    fn page(body: &str) -> String {
        format!("<html><head><title>x</title></head><body>{body}</body></html>")
    }

    #[test]
    fn nothing_that_a_policy_forbids_stays_in_a_page() {
        let body = "<p class=\"a\" style=\"color:red\" onclick='say(\"x\")'>x</p><style>p{margin:0}</style>\
                    <svg style=\"color:red\"><image href=\"data:image/png;base64,AAEC\"/></svg><script>let a = 1 < 2;</script>";
        assert_eq!(forbidden(&page(body)).len(), 6);
        let mut files = Files::default();
        let written = obey(&page(body), &mut files);
        assert_eq!(forbidden(&written), Vec::<String>::new(), "{written}");
        let picture = files.add(&[0, 1, 2], "png");
        let script = files.add(b"let a = 1 < 2;", "js");
        let class = files.class("color:red");
        assert!(written.contains(&format!("<image href=\"{picture}\"/>")), "{written}");
        assert!(written.contains(&format!("<script src=\"{script}\" defer></script>")), "{written}");
        assert!(written.contains(&format!("<svg class=\"{class}\">")), "{written}");
        assert!(written.contains(&format!("<p class=\"a {class} neurobook-")), "{written}");
        assert!(written.contains("<link rel=\"stylesheet\" href=\"cells/styles.css\">"), "{written}");
    }

    #[test]
    fn data_links_and_what_is_a_file_already_stay_as_they_are() {
        let body = "<script type=\"application/json\">{\"a\": \"<b style='x'>\"}</script><script src=\"a.js\"></script>\
                    <a href=\"data:,x\">x</a><img alt=\"&nbsp;\" src=\"a.png\"> 1 < 2 <!-- <p style> -->";
        assert_eq!(obey(&page(body), &mut Files::default()), page(body));
    }

    #[test]
    fn figures_sliders_and_quizzes_of_the_library_obey() {
        let heat_map = |a: f64| Figure::new().heat_map(&array![[0.0, a], [1.0, 2.0]]);
        let slider = interact([Slider::new("a", 0.0, 3.0).step(1.0)], |[a]| heat_map(a)).html();
        let quiz = quiz::quiz_dynamical_systems().html();
        let mut files = Files::default();
        let written = obey(&page(&format!("{slider}{slider}{quiz}{}", heat_map(0.5).svg())), &mut files);
        assert_eq!(forbidden(&written), Vec::<String>::new(), "{written}");
        let pieces = tags::pieces(&written);
        let scripts: Vec<&str> = pieces
            .iter()
            .filter_map(|piece| if let Piece::Raw { tag, .. } = piece { tag.get("src") } else { None })
            .collect();
        // What sliders have in common is there once, and before its use.
        assert_eq!(scripts.len(), 4, "{scripts:?}");
        let own = str::from_utf8(files.get(scripts[1]).unwrap()).unwrap();
        assert!(own.starts_with("neurobookSliders_") && own.contains("new Image()"), "{own}");
    }
}
