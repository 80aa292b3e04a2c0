// Before anything is drawn: the reader's own choice of light or dark, if there is one.
try {
  document.documentElement.dataset.theme = localStorage.getItem("neurobook-theme") || "";
} catch {
  // Where nothing may be stored, it is as the system says.
}
