// The theme: VitePress's own without its fonts, for what the reader's system has is as good and loads nothing.
import theme from 'vitepress/theme-without-fonts';
import './style.css';

export default theme;
