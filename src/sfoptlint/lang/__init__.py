"""The platform's languages: text in, a tree with spans out. Each stands alone and knows no metadata and no finding."""
