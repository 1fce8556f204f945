export const THEME_KEY = 'lossboard:theme'

/** Sets `data-theme` before the first paint: the stored choice, else what the system prefers. Runs under the page's nonce. */
export const THEME_SCRIPT = `(function(){var t;try{t=localStorage.getItem('${THEME_KEY}')}catch(e){}
if(t!=='light'&&t!=='dark')t=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light';
document.documentElement.dataset.theme=t})()`
