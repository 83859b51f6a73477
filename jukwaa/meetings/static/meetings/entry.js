// An address made before long meetings had pages ends in #entry-7 and does not say on which page that entry is.
const wanted = /^#entry-(\d+)$/.exec(location.hash);
const isAsked = new URLSearchParams(location.search).has("entry");
if (wanted && !isAsked && !document.getElementById(`entry-${wanted[1]}`)) {
  location.replace(`?entry=${wanted[1]}${location.hash}`);
}
