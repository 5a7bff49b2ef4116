/// The page's script: details of a chosen node, the drawing's size, sorting and finding.
///
/// Without it the page still tells everything that matters. Texts of the run reach the page as text nodes only, never as markup.
enum ReportScript {
    static let text = ["(() => {\n\"use strict\";", details, drawing, tables, "})();"].joined(separator: "\n")

    private static let details = """
        const byId = id => document.getElementById(id);
        const data = JSON.parse(byId("data").textContent);
        document.documentElement.classList.add("has-js");
        const needers = data.map(() => []);
        data.forEach((node, place) => node.needs.forEach(need => needers[need].push(place)));
        const make = (tag, text, name) => {
          const element = document.createElement(tag);
          if (text !== undefined) element.textContent = text;
          if (name) element.className = name;
          return element;
        };
        const panel = byId("panel"), body = byId("panel-body"), title = byId("panel-title");
        let chosenFrom = null;
        const part = (name, items) => {
          if (!items.length) return;
          body.append(make("h3", name));
          const list = make("ul");
          items.forEach(item => { const line = make("li"); line.append(...item); list.append(line); });
          body.append(list);
        };
        const nodeLinks = places => {
          const link = place => {
            const a = make("a", data[place].name, "node");
            a.href = "#n" + place; a.dataset.n = place;
            return [a];
          };
          const shown = places.slice(0, 40).map(link);
          if (places.length > 40) shown.push([make("small", "and " + (places.length - 40) + " more")]);
          return shown;
        };
        const show = place => {
          const node = data[place];
          title.textContent = node.name;
          body.replaceChildren(make("p", node.state + (node.rows ? ", " + node.rows + " rows" : ""), "note"));
          if (node.reason) body.append(make("p", node.reason));
          if (node.error && node.state !== "completed" && node.state !== "restored") body.append(make("pre", node.error));
          part("Attempts", node.attempts.map(([number, start, words, error]) =>
            [make("b", number + " "), words, make("small", start), ...(error ? [make("small", error)] : [])]));
          if (node.queued) part("Waited for a worker", [[node.queued]]);
          part("Stored", (node.outputs || []).map(([name, size, path]) => [name, make("small", size), make("small", path)]));
          part("Metrics", (node.metrics || []).map(([name, value]) => [name + " ", make("b", value)]));
          part("Checks", (node.checks || []).map(([status, text]) => [make("b", status + " "), text]));
          part("Needs", nodeLinks(node.needs));
          part("Needed by", nodeLinks(needers[place]));
          part("Reads", (node.inputs || []).map(name => [name]));
          if (node.function) part("Function", [[node.function, make("small", node.plugin)]]);
          panel.hidden = false;
          panel.scrollTop = 0;
          title.focus({preventScroll: true});
        };
        const hide = () => {
          if (panel.hidden) return;
          panel.hidden = true;
          if (chosenFrom && chosenFrom.isConnected) chosenFrom.focus({preventScroll: true});
        };
        let dragged = false;
        document.addEventListener("click", event => {
          const link = event.target.closest("[data-n]");
          if (!link || event.metaKey || event.ctrlKey) return;
          event.preventDefault();
          if (dragged) return;
          if (!panel.contains(link)) chosenFrom = link;
          show(Number(link.dataset.n));
        });
        byId("panel-close").addEventListener("click", hide);
        document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });
        """

    private static let drawing = """
        const dag = byId("dag");
        if (dag) {
          const canvas = dag.parentElement, width = dag.width.baseVal.value, height = dag.height.baseVal.value;
          let scale = 1;
          const zoom = (wanted, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) => {
            const next = Math.min(3, Math.max(0.05, wanted)), ratio = next / scale;
            const left = (canvas.scrollLeft + x) * ratio - x, top = (canvas.scrollTop + y) * ratio - y;
            dag.setAttribute("width", width * next); dag.setAttribute("height", height * next);
            canvas.scrollLeft = left; canvas.scrollTop = top;
            scale = next;
          };
          const room = () => innerHeight * 0.7;
          const fit = () => zoom(Math.min(1.15, (canvas.clientWidth - 2) / width, room() / height));
          const actions = {in: () => zoom(scale * 1.3), out: () => zoom(scale / 1.3), fit, one: () => zoom(1)};
          document.querySelectorAll("[data-zoom]").forEach(button =>
            button.addEventListener("click", () => actions[button.dataset.zoom]()));
          canvas.addEventListener("wheel", event => {
            if (!event.ctrlKey && !event.metaKey) return;
            event.preventDefault();
            const edge = canvas.getBoundingClientRect();
            zoom(scale * Math.exp(-event.deltaY / 300), event.clientX - edge.left, event.clientY - edge.top);
          }, {passive: false});
          let from = null;
          canvas.addEventListener("pointerdown", event => {
            dragged = false;
            if (event.button === 0 && event.pointerType === "mouse")
              from = {x: event.clientX, y: event.clientY, left: canvas.scrollLeft, top: canvas.scrollTop};
          });
          addEventListener("pointermove", event => {
            if (!from) return;
            if (Math.abs(event.clientX - from.x) + Math.abs(event.clientY - from.y) > 4) dragged = true;
            if (!dragged) return;
            canvas.classList.add("drag");
            canvas.scrollLeft = from.left + from.x - event.clientX;
            canvas.scrollTop = from.top + from.y - event.clientY;
          });
          addEventListener("pointerup", () => { from = null; canvas.classList.remove("drag"); });
          dag.addEventListener("dragstart", event => event.preventDefault());
          if (width > canvas.clientWidth || height > room()) {
            fit();
            if (scale < 0.45) { zoom(0.6); canvas.scrollLeft = 0; canvas.scrollTop = (height * 0.6 - canvas.clientHeight) / 2; }
          }
          const boxes = dag.querySelectorAll(".box"), links = dag.querySelectorAll(".links path");
          const near = place => {
            dag.querySelectorAll(".hot").forEach(element => element.classList.remove("hot"));
            dag.classList.toggle("near", place !== null);
            if (place === null) return;
            [place, ...data[place].needs, ...needers[place]].forEach(other => boxes[other].classList.add("hot"));
            links.forEach(link => {
              if (Number(link.dataset.a) === place || Number(link.dataset.b) === place) link.classList.add("hot");
            });
          };
          dag.addEventListener("pointerover", event => {
            const box = event.target.closest(".box");
            near(box && !from ? Number(box.dataset.n) : null);
          });
          dag.addEventListener("pointerleave", () => near(null));
        }
        """

    private static let tables = """
        const table = byId("node-table");
        if (table) {
          const rows = [...table.tBodies[0].rows];
          table.querySelectorAll("[data-sort]").forEach(button => button.addEventListener("click", () => {
            const column = Number(button.dataset.sort), isNumber = button.dataset.kind === "num";
            const head = button.parentElement;
            const isDescending = head.getAttribute("aria-sort") ? head.getAttribute("aria-sort") === "ascending" : isNumber;
            table.querySelectorAll("[aria-sort]").forEach(other => other.removeAttribute("aria-sort"));
            head.setAttribute("aria-sort", isDescending ? "descending" : "ascending");
            const key = row => isNumber ? Number(row.cells[column].dataset.v) : row.cells[column].textContent;
            const keyed = rows.map(row => [key(row), row]);
            keyed.sort(([a], [b]) => (isNumber ? a - b : a.localeCompare(b)) * (isDescending ? -1 : 1));
            table.tBodies[0].append(...keyed.map(([, row]) => row));
          }));
          const find = byId("node-find"), status = byId("node-status"), count = byId("node-count");
          const names = rows.map(row => row.textContent.toLowerCase());
          const filter = () => {
            const word = find.value.toLowerCase();
            let shown = 0;
            rows.forEach((row, place) => {
              const fits = names[place].includes(word) && (!status.value || row.dataset.s === status.value);
              row.hidden = !fits;
              if (fits) shown += 1;
            });
            count.textContent = shown === rows.length ? "" : shown + " of " + rows.length;
          };
          find.addEventListener("input", filter);
          status.addEventListener("change", filter);
        }
        const lines = document.querySelectorAll("#log-lines li");
        if (lines.length) {
          const find = byId("log-find"), level = byId("log-level");
          const filter = () => {
            const word = find.value.toLowerCase();
            lines.forEach(line => {
              line.hidden = Number(line.dataset.l) < Number(level.value) || !line.textContent.toLowerCase().includes(word);
            });
          };
          find.addEventListener("input", filter);
          level.addEventListener("change", filter);
        }
        """
}
