// The theme: VitePress's own without its fonts, for what the reader's system has is as good and loads nothing.
import { type Theme, useRoute } from 'vitepress';
import theme from 'vitepress/theme-without-fonts';
import { nextTick, onMounted, watch } from 'vue';
import './style.css';

/** A level has more options than the sidebar shows at once: the one of this page is scrolled to. */
function showActive(): void {
  const sidebar = document.querySelector('.VPSidebar');
  const active = sidebar?.querySelector('.VPSidebarItem.is-link.is-active');
  if (!sidebar || !active) return;
  const { top, bottom } = active.getBoundingClientRect();
  const seen = sidebar.getBoundingClientRect();
  if (top < seen.top || bottom > seen.bottom) sidebar.scrollTop += top - seen.top - seen.height / 3;
}

export default {
  extends: theme,
  setup() {
    const route = useRoute();
    onMounted(showActive);
    watch(
      () => route.path,
      () => nextTick(showActive),
    );
  },
} satisfies Theme;
