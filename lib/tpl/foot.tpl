{{%AUTOESCAPE context="HTML"}}
</main>
<footer class="bottom"><span>Tocsin</span></footer>
</body>
</html>
